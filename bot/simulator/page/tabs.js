/** The switch between people, chat and staff chat on a narrow screen. */
import { fill, h } from './dom.js';
import { t } from './i18n.js';
import { icon } from './icons.js';
import { badge } from './sidebar.js';
import { store } from './store.js';

/** @returns {{element: HTMLElement, draw: () => void}} */
export function tabs() {
  const element = h('nav', { class: 'tabs', 'aria-label': t('sections') });

  function draw() {
    const focused = element.contains(document.activeElement) ? document.activeElement.dataset.tab : null;
    fill(element, [
      tab('people', 'people', t('people'), otherUnread()),
      tab('chat', 'chat', t('chat'), unreadOf(store.personId)),
      tab('staff', 'staff', t('staffChat'), unreadOf(store.groupId)),
    ]);
    if (focused) element.querySelector(`[data-tab="${focused}"]`)?.focus();
  }
  return { element, draw };
}

/** @returns {HTMLElement} */
function tab(name, iconName, text, unread) {
  return h('button', {
    type: 'button', class: 'tab', dataset: { tab: name }, 'aria-current': store.tab === name ? 'page' : null,
    onclick: () => store.select({ tab: name }),
  }, h('span', { class: 'tab-icon' }, icon(iconName), badge(unread)), h('span', {}, text));
}

/** @param {number|null} id */
function unreadOf(id) {
  return id === null ? 0 : store.chat(id).unread;
}

/** Unread messages of chats that no other tab shows. */
function otherUnread() {
  let sum = 0;
  for (const chat of store.chats.values()) {
    if (chat.id !== store.personId && chat.id !== store.groupId) sum += chat.unread;
  }
  return sum;
}
