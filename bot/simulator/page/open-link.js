/** Opening a link: the bot's own links play inside the demo, all others open in a new tab. */
import { startBot } from './api.js';
import { openDialog } from './dialogs.js';
import { h } from './dom.js';
import { personName } from './format.js';
import { t } from './i18n.js';
import { icon } from './icons.js';
import { meaningOf } from './links.js';
import { pickPerson } from './picker.js';
import { store } from './store.js';
import { attempt, copyText, toast } from './toast.js';

/**
 * @param {string} href
 * @param {number|null} viewer who pressed it
 * @returns {boolean} false: an ordinary link, the browser opens it
 */
export function openLink(href, viewer) {
  const meaning = meaningOf(href);
  if (meaning.kind === 'web') return false;
  if (meaning.kind === 'start') void openStart(href, meaning.payload, viewer);
  else if (meaning.kind === 'share') void openShare(meaning, viewer);
  else if (meaning.kind === 'bot') store.select({ tab: 'chat' });
  else toast(meaning.name ? t('profileOf', { name: meaning.name }) : t('onlyInTelegram'));
  return true;
}

/** @param {string} href @returns {HTMLElement} the link itself, with a button that copies it */
function linkBox(href) {
  return h('div', { class: 'link-box' }, h('code', {}, href),
    h('button', {
      type: 'button', class: 'icon-button', 'aria-label': t('copyLink'), title: t('copyLink'),
      onclick: () => void copyText(href, t('linkCopied')),
    }, icon('copy')));
}

/** @param {string} href @param {string} payload @param {number|null} viewer */
async function openStart(href, payload, viewer) {
  const id = await pickPerson({
    title: t('openLinkTitle'),
    intro: [linkBox(href), h('p', { class: 'dialog-text' }, t('openLinkAs'))],
    current: viewer,
    note: t('youNow'),
  });
  if (id === null) return;
  store.select({ personId: id, tab: 'chat' });
  const view = await attempt(() => startBot(id, payload));
  if (view?.message_id) store.applyMessage(view);
}

/** @param {{url: string, text: string}} shared @param {number|null} viewer */
async function openShare(shared, viewer) {
  const whole = [shared.text, shared.url].filter(Boolean).join('\n');
  const choice = await openDialog({
    title: t('share'),
    body: [
      shared.text && h('p', { class: 'share-text', dir: 'auto' }, shared.text),
      shared.url && linkBox(shared.url),
    ],
    actions: [
      { text: t('copyAll'), value: 'copy' },
      { text: t('forwardToPerson'), value: 'forward', primary: true },
    ],
  });
  if (choice === 'copy') await copyText(whole);
  if (choice === 'forward') await forward(whole, viewer);
}

/** Show the text in another person's chat, as if a friend had sent it. */
async function forward(text, viewer) {
  const others = [...store.people.keys()].filter((id) => id !== viewer);
  const id = await pickPerson({
    title: t('forwardToPerson'),
    intro: [h('p', { class: 'dialog-text' }, t('forwardHint'))],
    current: others.length ? null : viewer,
    note: t('youNow'),
  });
  if (id === null) return;
  const sender = store.people.get(viewer);
  const chat = store.chat(id);
  const last = store.newest(chat)?.message_id ?? 0;
  chat.local.push({
    local: true, message_id: last + 0.5 + chat.local.length / 1000, chat_id: id, text,
    date: Math.floor(Date.now() / 1000), from: null, forwardedBy: sender ? personName(sender) : '',
  });
  store.select({ personId: id, tab: 'chat' });
  store.tell('chat', id);
}
