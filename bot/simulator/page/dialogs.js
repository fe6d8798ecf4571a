/** Modal windows on the native dialog element (focus stays inside, Escape closes). */
import { fill, h } from './dom.js';
import { t } from './i18n.js';
import { icon } from './icons.js';

/**
 * @typedef {object} Action
 * @property {string} text
 * @property {any} [value] what the promise gives when it is pressed
 * @property {boolean} [primary]
 * @property {() => any} [read] gives the value at the moment of the press; undefined keeps the window open
 */

/**
 * Show a window.
 * @param {object} options
 * @param {string} options.title
 * @param {(Node|string)[]|((close: (value: any) => void) => (Node|string)[])} options.body
 * @param {Action[]} [options.actions]
 * @param {string} [options.className]
 * @returns {Promise<any>} the pressed action's value, null when the window was closed
 */
export function openDialog({ title, body, actions = [], className = '' }) {
  return new Promise((resolve) => {
    const dialog = h('dialog', { class: `dialog ${className}`, 'aria-label': title });
    let result = null;
    const close = (value) => {
      result = value;
      dialog.close();
    };
    const form = h('form', { method: 'dialog', class: 'dialog-form' },
      h('header', { class: 'dialog-head' },
        h('h2', { dir: 'auto' }, title),
        h('button', { type: 'button', class: 'icon-button', 'aria-label': t('close'), onclick: () => close(null) },
          icon('close'))),
      h('div', { class: 'dialog-body' }, typeof body === 'function' ? body(close) : body),
      actions.length > 0 && h('footer', { class: 'dialog-actions' }, actions.map((action) => button(action))));
    const finish = (action) => {
      const value = action?.read ? action.read() : action?.value;
      if (value !== undefined) close(value);
    };
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      finish(actions.find((action) => action.primary));
    });
    dialog.addEventListener('click', (event) => {
      if (event.target === dialog) close(null);
    });
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(result);
    });
    fill(dialog, form);
    document.body.appendChild(dialog);
    dialog.showModal();
    dialog.querySelector('[data-focus], .dialog-actions .primary')?.focus();

    /** @param {Action} action */
    function button(action) {
      return action.primary
        ? h('button', { type: 'submit', class: 'button primary' }, action.text)
        : h('button', { type: 'button', class: 'button', onclick: () => finish(action) }, action.text);
    }
  });
}

/**
 * An answer to a button that must be read, as Telegram's own window.
 * @param {string} title
 * @param {string} text
 */
export function showAlert(title, text) {
  return openDialog({
    title,
    className: 'narrow',
    body: [h('p', { class: 'dialog-text', dir: 'auto' }, text)],
    actions: [{ text: t('ok'), value: true, primary: true }],
  });
}

/**
 * @param {string} title
 * @param {(Node|string)[]} body
 * @param {string} yes
 * @returns {Promise<boolean>}
 */
export async function confirmDialog(title, body, yes) {
  const answer = await openDialog({
    title,
    className: 'narrow',
    body,
    actions: [{ text: t('cancel'), value: false }, { text: yes, value: true, primary: true }],
  });
  return answer === true;
}

/**
 * A labelled field.
 * @param {string} label
 * @param {HTMLElement} control
 * @param {string} [hint]
 * @returns {HTMLElement}
 */
export function field(label, control, hint) {
  return h('label', { class: 'field' }, h('span', { class: 'field-label' }, label), control,
    hint && h('span', { class: 'field-hint' }, hint));
}
