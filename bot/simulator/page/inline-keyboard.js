/** Buttons under a message. */
import { pressButton } from './api.js';
import { showAlert } from './dialogs.js';
import { h } from './dom.js';
import { t } from './i18n.js';
import { icon } from './icons.js';
import { openLink } from './open-link.js';
import { isSafeLink } from './sanitize.js';
import { store } from './store.js';
import { attempt, copyText, toast } from './toast.js';

/** Telegram waits longer; for a demo on one machine this is plenty. */
const WAIT = 15;
const CORNER = { url: 'external', copy: 'copy', switch_inline: 'share', web_app: 'window' };

/**
 * @param {any} view
 * @param {import('./store.js').Chat} chat
 * @param {() => number|null} speaker who presses
 * @returns {HTMLElement|null}
 */
export function inlineKeyboard(view, chat, speaker) {
  if (!view.inline_keyboard?.length) return null;
  return h('div', { class: 'inline-keyboard', role: 'group', 'aria-label': t('buttons') },
    view.inline_keyboard.map((row, rowIndex) => h('div', { class: 'keyboard-row' },
      row.map((button, column) => keyboardButton({ view, chat, speaker, button, row: rowIndex, column })))));
}

/** @param {any} place the button and where it stands @returns {HTMLElement} */
function keyboardButton(place) {
  const { button, chat, view, row, column } = place;
  const content = [
    h('span', { class: 'key-text', dir: 'auto' }, button.text),
    CORNER[button.kind] && icon(isShare(button) ? 'share' : CORNER[button.kind], 'icon corner'),
  ];
  const dataset = { key: `${row}:${column}` };
  if (button.kind === 'url' && isSafeLink(button.url)) {
    return h('a', {
      class: `key ${style(button)}`, href: button.url, target: '_blank', rel: 'noopener noreferrer',
      dataset: { ...dataset, link: button.url },
    }, content);
  }
  const waits = chat.pending.has(`${view.message_id}:${row}:${column}`);
  return h('button', {
    type: 'button', class: `key ${style(button)}${waits ? ' waiting' : ''}`, 'aria-busy': waits ? 'true' : null, dataset,
    onclick: () => void activate(place),
  }, content);
}

/** @param {any} button @returns {string} the colour the bot asked for */
function style(button) {
  return ['primary', 'success', 'danger'].includes(button.style) ? button.style : '';
}

/** @param {any} button @returns {boolean} */
function isShare(button) {
  return button.kind === 'url' && /^https?:\/\/(t\.me|telegram\.me)\/share\//i.test(button.url ?? '');
}

/** @param {any} place */
async function activate(place) {
  const { button } = place;
  if (button.kind === 'copy') await copyText(button.copy_text ?? button.text);
  else if (button.kind === 'callback') await press(place);
  else toast(t('onlyInTelegram'));
}

/** A bot may answer a press with an address. @param {string} url @param {number|null} viewer */
function openAnswer(url, viewer) {
  if (isSafeLink(url) && !openLink(url, viewer)) window.open(url, '_blank', 'noopener');
}

/** Send the press, turn the spinner until the bot answers, show the answer. @param {any} place */
async function press({ view, chat, speaker, row, column }) {
  const key = `${view.message_id}:${row}:${column}`;
  if (chat.pending.has(key)) return;
  chat.pending.add(key);
  store.tell('chat', chat.id);
  const answer = await attempt(() => pressButton(chat.id, {
    from: speaker(), message_id: view.message_id, row, column, wait: WAIT,
  }));
  chat.pending.delete(key);
  store.tell('chat', chat.id);
  if (!answer) return;
  if (answer.url) openAnswer(answer.url, speaker());
  if (!answer.answered) toast(t('botSilent'), 'error');
  else if (answer.text && answer.show_alert) await showAlert(store.bot.name, answer.text);
  else if (answer.text) toast(answer.text);
}
