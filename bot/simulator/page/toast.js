/** Short notes over the page, read out by screen readers. */
import { ApiError } from './api.js';
import { h } from './dom.js';
import { t } from './i18n.js';

const SHOWN_FOR = 3600;

/** @param {string} text @param {'info'|'error'} [kind] */
export function toast(text, kind = 'info') {
  const note = h('div', { class: `toast ${kind}`, dir: 'auto', onclick: () => note.remove() }, text);
  const area = document.getElementById('toasts');
  area.style.setProperty('--toast-x', `${middle()}px`);
  area.appendChild(note);
  if (area.matches(':popover-open')) area.hidePopover();
  area.showPopover();
  while (area.children.length > 3) area.firstElementChild.remove();
  setTimeout(() => note.remove(), SHOWN_FOR + text.length * 25);
}

/** @returns {number} the middle of the chat in use, else of the page */
function middle() {
  const chat = document.activeElement?.closest('.pane')?.getBoundingClientRect();
  return chat?.width ? chat.left + chat.width / 2 : window.innerWidth / 2;
}

/**
 * Run something that asks the server; a refusal becomes a note.
 * @template T
 * @param {() => Promise<T>} run
 * @returns {Promise<T|null>}
 */
export async function attempt(run) {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    toast(error.lost ? t('noConnection') : error.message, 'error');
    return null;
  }
}

/** @param {string} text @param {string} [note] what to say when it is done */
export async function copyText(text, note = t('copied')) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyBySelection(text);
  }
  toast(note);
}

/** The old way, for a page opened from another machine without https. @param {string} text */
function copyBySelection(text) {
  const field = h('textarea', { class: 'visually-hidden', value: text });
  (document.querySelector('dialog[open]') ?? document.body).appendChild(field);
  field.select();
  document.execCommand('copy');
  field.remove();
}
