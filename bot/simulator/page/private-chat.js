/** The person's own chat with the bot. */
import { startBot, updatePerson } from './api.js';
import { iconAvatar } from './avatar.js';
import { bdi, h } from './dom.js';
import { personName, shownName } from './format.js';
import { t } from './i18n.js';
import { icon } from './icons.js';
import { refreshState } from './live.js';
import { languageSelect, personDialog } from './person-form.js';
import { store } from './store.js';
import { attempt } from './toast.js';

/** @type {import('./pane.js').PaneKind} */
export const privateChat = { name: 'chat', group: false, chatId, me: chatId, head, gate, above: () => null, nothing, emptyNote };

function chatId() {
  return store.personId;
}

/** @param {number} id @param {object} fields */
export async function changePerson(id, fields) {
  if (await attempt(() => updatePerson(id, fields))) await refreshState();
}

/** @param {number} id */
export async function pressStart(id) {
  const view = await attempt(() => startBot(id));
  if (view?.message_id) store.applyMessage(view);
}

function head() {
  const person = store.person;
  if (!person) return [];
  const typing = store.chat(person.id).typingUntil > Date.now();
  return [
    iconAvatar('bot'),
    h('div', { class: 'head-text', dataset: { chat: person.id } },
      h('h2', {}, bdi(shownName(store.bot.name))),
      h('p', { class: typing ? 'head-note busy' : 'head-note' },
        typing ? t('typing') : phoneOf(person))),
    languageChip(person),
    h('button', {
      type: 'button', class: 'icon-button', name: 'edit', 'aria-label': t('editPerson'), title: t('editPerson'),
      onclick: () => void personDialog(store.person),
    }, icon('pencil')),
    !person.blocked && h('button', {
      type: 'button', class: 'icon-button', name: 'block', 'aria-label': t('blockBot'), title: t('blockBot'),
      onclick: () => void changePerson(store.personId, { blocked: true }),
    }, icon('block')),
  ];
}

/** Whose telephone this is: a drawing for the eye, words for the ear. @param {any} person */
function phoneOf(person) {
  return [icon('device', 'icon tiny'), h('span', { class: 'visually-hidden' }, `${t('phoneOf')} `), bdi(personName(person))];
}

/** @param {any} person @returns {HTMLElement} a two-letter code that is a list of languages */
function languageChip(person) {
  const code = person.language_code || 'en';
  return h('label', { class: 'chip-select', title: t('languageOfPerson') },
    h('span', { 'aria-hidden': 'true' }, code.toUpperCase()), icon('down'),
    languageSelect(code, {
      'aria-label': t('languageOfPerson'), name: 'person-language',
      onchange: (event) => void changePerson(store.personId, { language_code: event.target.value }),
    }));
}

function gate() {
  const person = store.person;
  if (!person) return null;
  if (person.deactivated) return h('p', { class: 'gate-note' }, t('deactivated'));
  if (person.blocked) {
    return h('div', { class: 'gate-stack' }, h('p', { class: 'gate-note' }, t('blocked')),
      h('button', { type: 'button', class: 'button primary wide', onclick: () => void changePerson(person.id, { blocked: false }) },
        t('unblockBot')));
  }
  if (store.chat(person.id).messages.size) return null;
  return h('button', { type: 'button', class: 'button primary wide start', onclick: () => void pressStart(person.id) },
    t('start'));
}

function nothing() {
  return h('div', { class: 'empty' }, iconAvatar('people', 'large'), h('h3', {}, t('noPeople')),
    h('p', {}, t('noPeopleHint')),
    h('button', { type: 'button', class: 'button primary', onclick: () => void personDialog() }, t('newPerson')));
}

function emptyNote() {
  return h('div', { class: 'empty' }, iconAvatar('bot', 'large'),
    h('h3', {}, bdi(shownName(store.bot.name))), h('p', { class: 'handle' }, `@${store.bot.username}`),
    h('p', {}, t('emptyChat')));
}
