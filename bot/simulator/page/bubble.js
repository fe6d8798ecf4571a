/** One message as an element of the list. */
import { avatar, iconAvatar } from './avatar.js';
import { bdi, h } from './dom.js';
import { clock, dayName, fullDate, oneLine, shownName, toDate, tone } from './format.js';
import { t } from './i18n.js';
import { icon } from './icons.js';
import { inlineKeyboard } from './inline-keyboard.js';
import { contactCard, documentCard, photo, photoSize } from './media.js';
import { plainText, richText } from './sanitize.js';
import { store } from './store.js';

/**
 * How a message stands in its chat.
 * @typedef {object} Place
 * @property {any} view
 * @property {import('./store.js').Chat} chat
 * @property {boolean} own written by the one who looks
 * @property {boolean} group
 * @property {boolean} first of a run by one author
 * @property {boolean} last of such a run
 * @property {string|null} topic shown above when all topics are mixed
 * @property {() => number|null} speaker
 * @property {(view: any) => void} onReply
 */

/** @param {Date} date @returns {HTMLElement} */
export function daySeparator(date) {
  return h('li', { class: 'day' }, h('span', {}, dayName(date)));
}

/** @param {any} view @returns {string} one line that stands for the message in quotes, lists and announcements */
export function summary(view) {
  const text = oneLine(view.text ?? view.service ?? '', 140);
  if (text) return text;
  if (view.service) return view.service;
  if (view.photo) return t('photo');
  if (view.document) return view.document.file_name || t('file');
  if (view.contact) return t('contact');
  return '';
}

/** @param {any} view @returns {string} */
export function authorName(view) {
  return shownName(view.from?.name);
}

/** @param {Place} place @returns {HTMLElement} */
export function message(place) {
  const { view } = place;
  if (view.service) return h('li', { class: 'service', dataset: { messageId: view.message_id } },
    h('span', {}, bdi(view.service)));
  const classes = ['message', place.own ? 'own' : 'other', place.first && 'first', place.last && 'last',
    view.local && 'local'].filter(Boolean).join(' ');
  const keyboard = inlineKeyboard(view, place.chat, place.speaker);
  return h('li', { class: classes, dataset: { messageId: view.message_id } },
    place.group && !place.own && authorAvatar(view, place.last),
    h('div', { class: keyboard ? 'stack has-keyboard' : 'stack', style: view.photo ? { '--widest': `${widest(view)}px` } : {} },
      h('div', { class: 'bubble-row' }, bubble(place), !view.local && replyButton(place)),
      keyboard));
}

/** A caption does not make its bubble wider than the picture. @param {any} view @returns {number} */
function widest(view) {
  return Math.max(photoSize(view).width, 240) + 36;
}

/** @param {any} view @param {boolean} shown @returns {HTMLElement} */
function authorAvatar(view, shown) {
  if (!shown) return h('span', { class: 'avatar-gap' });
  if (view.from?.id === store.bot.id) return iconAvatar('bot', 'small');
  return avatar(authorName(view), view.from?.id ?? 0, 'small');
}

/** @param {Place} place @returns {HTMLElement} */
function replyButton({ view, onReply }) {
  return h('button', {
    type: 'button', class: 'icon-button reply-button', 'aria-label': t('reply'), title: t('reply'),
    onclick: () => onReply(view),
  }, icon('reply'));
}

/** @param {Place} place @returns {HTMLElement} */
function bubble(place) {
  const { view, own, group, first, topic } = place;
  const bare = view.photo && !view.text && !view.reply_to_message_id && !(group && first && !own);
  return h('div', { class: `bubble${view.photo ? ' with-photo' : ''}${bare ? ' bare' : ''}` },
    topic && h('div', { class: 'topic-name' }, '# ', bdi(topic)),
    group && first && !own && h('div', { class: `author ${authorTone(view)}` }, bdi(authorName(view))),
    view.local && h('div', { class: 'forwarded' }, t('forwardedFrom', { name: view.forwardedBy })),
    view.via_bot && h('div', { class: 'forwarded' }, t('viaBot', { name: view.via_bot })),
    view.reply_to_message_id && quote(place),
    view.photo && photo(view),
    view.document && documentCard(view),
    view.contact && contactCard(view),
    view.text ? h('div', { class: 'text' }, content(view), meta(view)) : meta(view));
}

/** @param {any} view @returns {string} */
function authorTone(view) {
  return view.from?.id === store.bot.id ? 'tone-bot' : `tone-${tone(view.from?.id ?? 0)}`;
}

/** @param {any} view @returns {DocumentFragment} */
function content(view) {
  return view.html ? richText(view.html) : plainText(view.text);
}

/** @param {any} view @returns {HTMLElement} */
function meta(view) {
  const date = toDate(view.date);
  return h('span', { class: 'meta' },
    view.edit_date && h('span', { class: 'edited', title: fullDate(toDate(view.edit_date)) }, t('edited')),
    h('time', { datetime: date.toISOString(), title: fullDate(date) }, clock(date)));
}

/** @param {Place} place @returns {HTMLElement} */
function quote({ view, chat }) {
  const target = chat.messages.get(view.reply_to_message_id);
  return h('button', {
    type: 'button', class: 'quote', dataset: { jump: String(view.reply_to_message_id) },
    'aria-label': t('replyTo', { name: target ? authorName(target) : '' }),
  },
  h('span', { class: `quote-author ${target ? authorTone(target) : ''}` },
    bdi(target ? authorName(target) : t('deletedMessage'))),
  target && h('span', { class: 'quote-text' }, bdi(summary(target))));
}
