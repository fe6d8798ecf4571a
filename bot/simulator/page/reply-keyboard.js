/** Keyboards under the input, as the last message that spoke of them left them. */
import { h } from './dom.js';
import { t } from './i18n.js';
import { icon } from './icons.js';

/**
 * @typedef {object} InputState
 * @property {{rows: {text: string, request_contact?: boolean}[][], one_time?: boolean, placeholder?: string}|null} keyboard
 * @property {boolean} spent a one-time keyboard already used: it stays closed until asked for
 * @property {any|null} force the message that asks for a reply
 */

/**
 * @param {any[]} views oldest first
 * @param {number|null} me
 * @returns {InputState}
 */
export function inputState(views, me) {
  const state = { keyboard: null, spent: false, force: null };
  for (const view of views) {
    if (view.local) continue;
    if (view.from?.id === me) {
      state.spent = Boolean(state.keyboard?.one_time);
      state.force = null;
    }
    if (view.reply_keyboard) Object.assign(state, { keyboard: view.reply_keyboard, spent: false, force: null });
    if (view.remove_keyboard) Object.assign(state, { keyboard: null, spent: false });
    if (view.force_reply) Object.assign(state, { keyboard: null, spent: false, force: view });
  }
  return state;
}

/**
 * @param {InputState['keyboard']} keyboard
 * @param {(button: {text: string, request_contact?: boolean}) => void} onPress
 * @returns {HTMLElement}
 */
export function replyKeyboard(keyboard, onPress) {
  return h('div', { class: 'reply-keyboard', role: 'group', 'aria-label': t('keyboard') },
    keyboard.rows.map((row) => h('div', { class: 'keyboard-row' }, row.map((button) => h('button', {
      type: 'button', class: 'key', onclick: () => onPress(button),
    },
    button.request_contact && icon('phone'),
    h('span', { class: 'key-text', dir: 'auto' }, button.text))))));
}
