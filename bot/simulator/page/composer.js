/** The input of a chat: text, files, commands, reply keyboards, replies. */
import { sendText } from './api.js';
import { FileSender } from './attach.js';
import { authorName, summary } from './bubble.js';
import { CommandList } from './commands.js';
import { bdi, fill, h } from './dom.js';
import { t } from './i18n.js';
import { icon } from './icons.js';
import { InlineList } from './inline.js';
import { inputState, replyKeyboard } from './reply-keyboard.js';
import { shareOwnPhone } from './share-phone.js';
import { store } from './store.js';
import { attempt } from './toast.js';

const LONGEST = 4096;
const TALLEST = 160;

export class Composer {
  /** @param {import('./pane.js').Pane} pane */
  constructor(pane) {
    this.pane = pane;
    this.commands = new CommandList((text) => void this.send(text), (text) => this.insert(text));
    this.inline = new InlineList(pane, () => this.clear());
    this.files = new FileSender(pane);
    this.text = h('textarea', {
      class: 'message-input', rows: '1', maxlength: String(LONGEST), dir: 'auto', enterkeyhint: 'send',
      'aria-controls': this.commands.id,
      oninput: () => this.onInput(), onkeydown: (event) => this.onKey(event),
      onblur: () => setTimeout(() => document.activeElement !== this.text && this.closeLists(), 150),
      onpaste: (event) => this.files.onPaste(event),
    });
    this.replyBar = h('div', { class: 'reply-bar', hidden: true });
    this.keyboardSlot = h('div', { class: 'keyboard-slot' });
    this.menu = this.button('menu', t('commands'), () => void this.openMenu());
    this.toggle = this.button('keyboard', t('keyboard'), () => this.toggleKeyboard());
    this.sendButton = h('button', { type: 'submit', class: 'icon-button send', 'aria-label': t('send'), title: t('send') },
      icon('send'));
    this.form = h('form', { class: 'composer-row' },
      this.menu, this.text, this.toggle,
      this.button('attach', t('attach'), () => this.files.choose()), this.files.element, this.sendButton);
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.send(this.text.value);
    });
    this.element = h('div', { class: 'composer' },
      this.commands.element, this.inline.element, this.replyBar, this.form, this.keyboardSlot);
  }

  /** @param {string} name @param {string} label @param {() => void} onclick */
  button(name, label, onclick) {
    return h('button', { type: 'button', class: 'icon-button', 'aria-label': label, title: label, onclick }, icon(name));
  }

  /** Another chat: its own draft. */
  open() {
    this.text.value = this.chat.ui.draft;
    this.closeLists();
    this.resize();
    this.keyboardDrawn = null;
  }

  get chat() {
    return store.chat(this.pane.chatId);
  }

  /** @param {any[]} views */
  update(views) {
    this.state = inputState(views, this.pane.me);
    this.drawReply();
    this.drawKeyboard();
    const { force, keyboard } = this.state;
    this.text.placeholder = force?.force_reply?.placeholder || (this.keyboardOpen && keyboard?.placeholder) || t('message');
    this.text.setAttribute('aria-label', this.text.placeholder);
    this.sendButton.disabled = !this.text.value.trim();
  }

  /** @returns {any|null} the message that will be answered: chosen by hand, or asked for by the bot */
  get target() {
    const { ui, messages } = this.chat;
    if (ui.replyTo !== null) return messages.get(ui.replyTo) ?? null;
    const force = this.state?.force;
    return force && ui.dismissed !== force.message_id ? messages.get(force.message_id) ?? null : null;
  }

  drawReply() {
    const { target } = this;
    this.replyBar.hidden = !target;
    if (!target) return;
    fill(this.replyBar, icon('reply'),
      h('div', { class: 'reply-to' },
        h('span', { class: 'quote-author' }, t('replyTo', { name: authorName(target) })),
        h('span', { class: 'quote-text' }, bdi(summary(target)))),
      this.button('close', t('cancelReply'), () => this.dropReply(target)));
  }

  /** @param {any} target */
  dropReply(target) {
    this.chat.ui.replyTo = null;
    this.chat.ui.dismissed = target.message_id;
    this.pane.refresh();
    this.focus();
  }

  get keyboardOpen() {
    return this.chat.ui.keyboard ?? !this.state.spent;
  }

  drawKeyboard() {
    const { keyboard } = this.state;
    const open = Boolean(keyboard) && this.keyboardOpen;
    this.toggle.hidden = !keyboard;
    this.toggle.setAttribute('aria-pressed', String(open));
    const drawn = open ? JSON.stringify(keyboard) : '';
    if (drawn === this.keyboardDrawn) return;
    this.keyboardDrawn = drawn;
    fill(this.keyboardSlot, open && replyKeyboard(keyboard, (button) => this.onReplyKey(button)));
  }

  toggleKeyboard() {
    this.chat.ui.keyboard = !this.keyboardOpen;
    this.pane.refresh();
  }

  /** @param {{text: string, request_contact?: boolean}} button */
  onReplyKey(button) {
    this.chat.ui.keyboard = null;
    if (button.request_contact) void shareOwnPhone(this.pane.chatId, this.pane.me);
    else void this.send(button.text, { keepDraft: true });
  }

  onInput() {
    this.chat.ui.draft = this.text.value;
    this.sendButton.disabled = !this.text.value.trim();
    this.resize();
    if (this.inline.filter(this.text.value)) return this.commands.close();
    if (!this.text.value.startsWith('/')) return this.commands.close();
    if (this.text.value === '/') void this.loadCommands().then(() => this.commands.filter(this.text.value));
    else this.commands.filter(this.text.value);
  }

  resize() {
    this.text.style.setProperty('height', 'auto');
    this.text.style.setProperty('height', `${Math.min(this.text.scrollHeight, TALLEST)}px`);
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.isComposing || this.commands.onKey(event) || this.inline.onKey(event)) return this.pointAtCommand();
    if (event.key === 'Escape' && this.target) this.dropReply(this.target);
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    void this.send(this.text.value);
  }

  /** Tell screen readers which command the arrows have reached. */
  pointAtCommand() {
    const id = this.commands.activeId ?? this.inline.activeId;
    if (id) this.text.setAttribute('aria-activedescendant', id);
    else this.text.removeAttribute('aria-activedescendant');
  }

  closeLists() {
    this.commands.close();
    this.inline.close();
  }

  loadCommands() {
    return this.commands.load(this.pane.me, this.pane.chatId);
  }

  async openMenu() {
    if (this.commands.open) return this.commands.close();
    await this.loadCommands();
    this.focus();
    this.commands.show(this.commands.all, { empty: true });
  }

  /** @param {string} text */
  insert(text) {
    this.text.value = text;
    this.onInput();
    this.focus();
  }

  /** @param {string} text @param {{keepDraft?: boolean}} [options] */
  async send(text, { keepDraft = false } = {}) {
    if (!text.trim()) return;
    const { chat, target } = this;
    const fields = { from: this.pane.me, text };
    if (target) fields.reply_to_message_id = target.message_id;
    const thread = this.pane.threadFor(target);
    if (thread) fields.message_thread_id = thread;
    if (!keepDraft) this.clear();
    chat.ui.replyTo = null;
    const view = await attempt(() => sendText(chat.id, fields));
    if (view?.message_id) store.applyMessage(view);
    else if (!view && !keepDraft && !this.text.value && this.chat === chat) this.insert(text);
  }

  clear() {
    this.text.value = '';
    this.chat.ui.draft = '';
    this.closeLists();
    this.resize();
    this.sendButton.disabled = true;
  }

  focus() {
    this.text.focus({ preventScroll: true });
  }
}
