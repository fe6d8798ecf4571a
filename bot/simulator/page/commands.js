/** The bot's commands over the input: all of them from the menu button, fitting ones while "/" is typed. */
import { getCommands } from './api.js';
import { h } from './dom.js';
import { t } from './i18n.js';

export class CommandList {
  /** @type {{command: string, description: string}[]} */
  all = [];
  /** @type {{command: string, description: string}[]} */
  shown = [];
  active = -1;
  open = false;

  /** @param {(command: string) => void} onSend @param {(command: string) => void} onInsert */
  constructor(onSend, onInsert) {
    this.onSend = onSend;
    this.onInsert = onInsert;
    this.id = `commands-${Math.random().toString(36).slice(2)}`;
    this.element = h('div', {
      class: 'commands', id: this.id, role: 'listbox', 'aria-label': t('commands'), hidden: true,
    });
  }

  /** Ask the server: the list depends on the person's language and rights. */
  async load(personId, chatId) {
    this.all = await getCommands(personId, chatId).catch(() => []);
  }

  /** @param {string} typed the whole input */
  filter(typed) {
    const wanted = /^\/([a-z0-9_]*)$/i.exec(typed)?.[1];
    if (wanted === undefined) return this.close();
    this.show(this.all.filter(({ command }) => command.startsWith(wanted.toLowerCase())));
  }

  /** @param {{command: string, description: string}[]} commands */
  show(commands, { empty = false } = {}) {
    const reached = this.shown[this.active]?.command;
    this.shown = commands;
    this.active = commands.findIndex(({ command }) => command === reached);
    this.open = commands.length > 0 || empty;
    this.draw();
  }

  close() {
    this.open = false;
    this.active = -1;
    this.element.hidden = true;
  }

  /** @returns {string|null} */
  get activeId() {
    return this.open && this.active >= 0 ? `${this.id}-${this.active}` : null;
  }

  draw() {
    this.element.hidden = !this.open;
    this.element.replaceChildren(...this.shown.map((item, index) => this.option(item, index)));
    if (!this.shown.length) this.element.append(h('p', { class: 'commands-empty' }, t('noCommands')));
  }

  /** @param {{command: string, description: string}} item @param {number} index */
  option({ command, description }, index) {
    return h('div', {
      class: 'command', role: 'option', id: `${this.id}-${index}`, 'aria-selected': String(index === this.active),
      onclick: () => this.choose(index),
      onmousedown: (event) => event.preventDefault(),
    }, h('b', {}, `/${command}`), h('span', { dir: 'auto' }, description));
  }

  /** @param {number} index */
  choose(index) {
    const { command } = this.shown[index];
    this.close();
    this.onSend(`/${command}`);
  }

  /**
   * Arrow keys walk, Enter sends, Tab writes it into the input, Escape closes.
   * @param {KeyboardEvent} event
   * @returns {boolean} whether the key was taken
   */
  onKey(event) {
    if (!this.open) return false;
    if (event.key === 'Escape') this.close();
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') this.move(event.key === 'ArrowDown' ? 1 : -1);
    else if (event.key === 'Enter' && this.active >= 0) this.choose(this.active);
    else if (event.key === 'Tab' && this.shown.length) this.insert();
    else return false;
    event.preventDefault();
    return true;
  }

  /** @param {number} step */
  move(step) {
    const count = this.shown.length;
    if (!count) return;
    this.active = this.active < 0 && step < 0 ? count - 1 : (this.active + step + count) % count;
    this.draw();
    this.element.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  insert() {
    const { command } = this.shown[Math.max(this.active, 0)];
    this.close();
    this.onInsert(`/${command} `);
  }
}
