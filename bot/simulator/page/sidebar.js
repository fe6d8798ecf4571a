/** The column of people and groups, with the guide over it. */
import { avatar } from './avatar.js';
import { summary } from './bubble.js';
import { bdi, fill, h } from './dom.js';
import { personName, shownName } from './format.js';
import { guide } from './guide.js';
import { LANGUAGES, locale, plural, setLocale, t } from './i18n.js';
import { icon } from './icons.js';
import { personDialog } from './person-form.js';
import { store } from './store.js';

/** @param {() => void} onLanguage the page is drawn anew @returns {{element: HTMLElement, draw: () => void, reveal: () => void}} */
export function sidebar(onLanguage) {
  const people = h('ul', { class: 'rows', 'aria-label': t('people') });
  const groups = h('ul', { class: 'rows', 'aria-label': t('groups') });
  const groupHead = sectionHead(t('groups'));
  const brand = h('h1', {});
  const element = h('aside', { class: 'sidebar', 'aria-label': t('people') },
    h('header', { class: 'brand' },
      h('span', { class: 'brand-mark', 'aria-hidden': 'true' }, icon('chat')),
      h('div', { class: 'brand-text' }, brand, h('p', {}, t('tagline'))),
      pageLanguage(onLanguage)),
    h('div', { class: 'sidebar-scroll' },
      guide(),
      sectionHead(t('people'), h('button', {
        type: 'button', class: 'icon-button small', 'aria-label': t('newPerson'), title: t('newPerson'),
        onclick: () => void addPerson(),
      }, icon('plus'))),
      people, groupHead, groups));

  function draw() {
    brand.textContent = store.bot.name || t('title');
    redraw(people, [...store.people.values()].map(personRow));
    redraw(groups, [...store.groups.values()].map(groupRow));
    groupHead.hidden = store.groups.size === 0;
    if (!store.people.size) fill(people, h('li', { class: 'rows-empty' }, t('noPeople')));
  }
  /** Bring the chosen person's row into view. */
  function reveal() {
    people.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }
  return { element, draw, reveal };
}

async function addPerson() {
  const made = await personDialog();
  if (made) store.select({ personId: made.id, tab: 'chat' });
}

/** @param {string} title @param {HTMLElement} [tool] */
function sectionHead(title, tool) {
  return h('div', { class: 'section-head' }, h('h2', {}, title), tool);
}

/** Draw the rows, keeping the focus on the same one. @param {HTMLElement} list @param {HTMLElement[]} rows */
function redraw(list, rows) {
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.row : null;
  fill(list, rows);
  if (focused) list.querySelector(`[data-row="${focused}"]`)?.focus({ preventScroll: true });
}

/** @param {any} person @returns {HTMLElement} */
function personRow(person) {
  const name = personName(person);
  const chat = store.chat(person.id);
  const last = store.newest(chat);
  const chosen = person.id === store.personId;
  return h('li', {}, h('button', {
    type: 'button', class: 'row', dataset: { row: person.id }, 'aria-current': chosen ? 'true' : null,
    onclick: () => store.select({ personId: person.id, tab: 'chat' }),
  },
  avatar(name, person.id),
  h('span', { class: 'row-text' },
    h('span', { class: 'row-top' },
      h('span', { class: 'row-name' }, bdi(name)),
      person.blocked && icon('block', 'icon tiny'),
      h('span', { class: 'code', title: LANGUAGES[person.language_code] }, (person.language_code || '–').toUpperCase())),
    h('span', { class: 'row-note' }, bdi(person.label || (last ? summary(last) : t('newHere'))))),
  badge(chat.unread)));
}

/** @param {any} group @returns {HTMLElement} */
function groupRow(group) {
  const title = shownName(group.title);
  const chat = store.chat(group.id);
  const last = store.newest(chat);
  return h('li', {}, h('button', {
    type: 'button', class: 'row', dataset: { row: group.id }, 'aria-current': group.id === store.groupId ? 'true' : null,
    onclick: () => store.select({ groupId: group.id, tab: 'staff' }),
  },
  avatar(title, group.id),
  h('span', { class: 'row-text' },
    h('span', { class: 'row-top' }, h('span', { class: 'row-name' }, bdi(title))),
    h('span', { class: 'row-note' }, bdi(last ? summary(last) : plural('members', group.members?.length ?? 0)))),
  badge(chat.unread)));
}

/** @param {number} count @returns {HTMLElement|null} */
export function badge(count) {
  if (!count) return null;
  return h('span', { class: 'badge', 'aria-label': plural('unread', count) }, count > 99 ? '99+' : String(count));
}

/** @param {() => void} onLanguage @returns {HTMLElement} */
function pageLanguage(onLanguage) {
  return h('label', { class: 'chip-select', title: t('pageLanguage') },
    h('span', { 'aria-hidden': 'true' }, locale().toUpperCase()), icon('down'),
    h('select', {
      'aria-label': t('pageLanguage'), name: 'page-language',
      onchange: (event) => {
        setLocale(event.target.value);
        onLanguage();
      },
    }, Object.entries(LANGUAGES).map(([code, name]) => h('option', { value: code, selected: code === locale(), lang: code }, name))));
}
