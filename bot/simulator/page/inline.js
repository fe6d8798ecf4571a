/** What the bot offers while its name is typed in a chat: cards to send, and the way to its own chat. */
import { askInline, chooseInline, startBot } from './api.js';
import { h } from './dom.js';
import { t } from './i18n.js';
import { store } from './store.js';
import { attempt } from './toast.js';

const PAUSE = 250;
const PATIENCE = 10;

export class InlineList {
  /** @type {any} */
  offered = null;
  active = -1;
  open = false;
  asked = 0;

  /** @param {import('./pane.js').Pane} pane @param {() => void} onSent */
  constructor(pane, onSent) {
    this.pane = pane;
    this.onSent = onSent;
    this.id = `inline-${Math.random().toString(36).slice(2)}`;
    this.element = h('div', {
      class: 'commands', id: this.id, role: 'listbox', 'aria-label': t('inlineResults'), hidden: true,
    });
  }

  /** @param {string} typed the whole input @returns {boolean} whether the bot is asked */
  filter(typed) {
    const name = `@${store.bot.username}`.toLowerCase();
    const begins = typed.toLowerCase() === name || typed.toLowerCase().startsWith(`${name} `);
    clearTimeout(this.timer);
    if (!begins) {
      this.close();
      return false;
    }
    this.timer = setTimeout(() => void this.ask(typed.slice(name.length).trim()), PAUSE);
    return true;
  }

  /** @param {string} query */
  async ask(query) {
    const turn = ++this.asked;
    const { chatId, me } = this.pane;
    const offered = await attempt(() => askInline(chatId, { from: me, query, wait: PATIENCE }));
    if (turn !== this.asked || !offered) return;
    this.offered = offered;
    this.active = -1;
    this.open = true;
    this.draw();
  }

  close() {
    clearTimeout(this.timer);
    this.asked += 1;
    this.open = false;
    this.element.hidden = true;
  }

  /** @returns {string|null} */
  get activeId() {
    return this.open && this.active >= 0 ? `${this.id}-${this.active}` : null;
  }

  get results() {
    return this.offered?.results ?? [];
  }

  draw() {
    this.element.hidden = !this.open;
    const { button } = this.offered ?? {};
    this.element.replaceChildren(...this.results.map((one, index) => this.option(one, index)));
    if (button) this.element.prepend(this.door(button));
    if (!button && !this.results.length) this.element.append(h('p', { class: 'commands-empty' }, t('noResults')));
  }

  /** @param {{title: string, description: string}} result @param {number} index */
  option({ title, description }, index) {
    return h('div', {
      class: 'command', role: 'option', id: `${this.id}-${index}`, 'aria-selected': String(index === this.active),
      onclick: () => void this.choose(index),
      onmousedown: (event) => event.preventDefault(),
    }, h('b', { dir: 'auto' }, title), h('span', { dir: 'auto' }, description ?? ''));
  }

  /** @param {{text: string, start_parameter?: string}} button */
  door(button) {
    return h('button', {
      type: 'button', class: 'command inline-door',
      onclick: () => void this.enter(button.start_parameter),
      onmousedown: (event) => event.preventDefault(),
    }, h('b', { dir: 'auto' }, button.text));
  }

  /** @param {string|undefined} payload */
  async enter(payload) {
    const { me } = this.pane;
    this.close();
    this.onSent();
    store.select({ personId: me, tab: 'chat' });
    const view = await attempt(() => startBot(me, payload));
    if (view?.message_id) store.applyMessage(view);
  }

  /** @param {number} index */
  async choose(index) {
    const { chatId, me } = this.pane;
    const fields = { from: me, inline_query_id: this.offered.inline_query_id, result_id: this.results[index].id };
    this.close();
    this.onSent();
    const view = await attempt(() => chooseInline(chatId, fields));
    if (view?.message_id) store.applyMessage(view);
  }

  /**
   * Arrow keys walk, Enter sends, Escape closes.
   * @param {KeyboardEvent} event
   * @returns {boolean} whether the key was taken
   */
  onKey(event) {
    if (!this.open) return false;
    if (event.key === 'Escape') this.close();
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') this.move(event.key === 'ArrowDown' ? 1 : -1);
    else if (event.key === 'Enter' && this.active >= 0) void this.choose(this.active);
    else return false;
    event.preventDefault();
    return true;
  }

  /** @param {number} step */
  move(step) {
    const count = this.results.length;
    if (!count) return;
    this.active = this.active < 0 && step < 0 ? count - 1 : (this.active + step + count) % count;
    this.draw();
    this.element.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }
}
