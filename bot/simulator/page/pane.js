/** A chat on the screen: head, messages, input. One stands for the person's private chat, one for the group. */
import { Composer } from './composer.js';
import { batched, fill, h } from './dom.js';
import { openLink } from './open-link.js';
import { store } from './store.js';
import { Timeline } from './timeline.js';
import { attempt, copyText } from './toast.js';

/**
 * What differs between the two kinds of chat.
 * @typedef {object} PaneKind
 * @property {'chat'|'staff'} name
 * @property {() => number|null} chatId
 * @property {() => number|null} me the person who speaks here
 * @property {boolean} group
 * @property {(pane: Pane) => any[]} head
 * @property {(pane: Pane) => Node|null} gate stands in place of the input (Start, Unblock), null: the input is open
 * @property {(pane: Pane) => Node|null} above a row over the input
 * @property {() => Node} nothing shown when there is no such chat at all
 * @property {() => Node} emptyNote shown in a chat without messages
 */

export class Pane {
  /** @param {PaneKind} kind @param {string} label */
  constructor(kind, label) {
    this.kind = kind;
    this.timeline = new Timeline();
    this.composer = new Composer(this);
    this.head = h('header', { class: 'pane-head' });
    this.gate = h('div', { class: 'gate' });
    this.above = h('div', { class: 'above-input' });
    this.foot = h('div', { class: 'pane-foot' }, this.above, this.composer.element, this.gate);
    this.absent = h('div', { class: 'absent' });
    this.element = h('section', { class: `pane pane-${kind.name}`, 'aria-label': label, dataset: { pane: kind.name } },
      this.head, this.timeline.element, this.foot, this.absent);
    this.refresh = batched(() => this.draw());
    this.timeline.element.addEventListener('click', (event) => this.onClick(event));
    this.timeline.element.addEventListener('keydown', (event) => this.onKeydown(event));
  }

  /** @returns {number|null} */
  get chatId() {
    return this.kind.chatId();
  }

  /** @returns {number|null} */
  get me() {
    return this.kind.me();
  }

  draw() {
    const id = this.chatId;
    const present = id !== null;
    for (const part of [this.head, this.timeline.element, this.foot]) part.hidden = !present;
    this.absent.hidden = present;
    if (!present) {
      fill(this.absent, this.kind.nothing());
      return;
    }
    const changed = this.drawnFor !== id;
    this.drawnFor = id;
    if (changed) this.composer.open();
    this.drawHead();
    this.drawMessages(store.chat(id));
    this.drawFoot();
  }

  /** The head keeps its elements while nothing in it has changed, so an open list is not closed. */
  drawHead() {
    const parts = this.kind.head(this);
    const probe = h('div', {}, parts);
    if (this.headProbe?.isEqualNode(probe)) return;
    this.headProbe = probe.cloneNode(true);
    replaceKeepingFocus(this.head, probe);
  }

  /** @param {import('./store.js').Chat} chat */
  drawMessages(chat) {
    const { thread } = chat.ui;
    const all = store.ordered(chat);
    const views = thread === null ? all : all.filter((view) => (view.message_thread_id ?? 0) === thread);
    const me = this.me;
    const typing = chat.typingUntil > Date.now();
    this.timeline.update({
      key: `${chat.id}/${thread}`, views, me, typing,
      emptyNote: views.length || typing ? null : this.kind.emptyNote(),
      place: (view) => ({
        chat, group: this.kind.group, own: view.from?.id === me, speaker: () => this.me,
        topic: thread === null ? this.topicName(view) : null,
        onReply: (target) => this.replyTo(target),
      }),
    });
    this.composer.update(views);
  }

  drawFoot() {
    const gate = this.kind.gate(this);
    this.composer.element.hidden = Boolean(gate);
    const opened = !gate && this.gateFor === this.chatId;
    this.gateFor = gate ? this.chatId : null;
    fill(this.gate, gate);
    this.gate.hidden = !gate;
    if (opened && store.wide && document.activeElement === document.body) this.composer.focus();
    const above = h('div', {}, gate ? null : this.kind.above(this));
    if (!this.aboveProbe?.isEqualNode(above)) {
      this.aboveProbe = above.cloneNode(true);
      replaceKeepingFocus(this.above, above);
    }
    this.above.hidden = !this.above.childNodes.length;
  }

  /** @param {any} view @returns {string|null} */
  topicName(view) {
    if (!this.kind.group || !view.message_thread_id || !store.group?.is_forum) return null;
    return store.group.topics?.find((topic) => topic.id === view.message_thread_id)?.name ?? null;
  }

  /** @param {any|null} target @returns {number|null} the topic a new message belongs to */
  threadFor(target) {
    if (!this.kind.group || !store.group?.is_forum) return null;
    const { thread } = store.chat(this.chatId).ui;
    return thread ?? target?.message_thread_id ?? null;
  }

  /** @param {any} view */
  replyTo(view) {
    store.chat(this.chatId).ui.replyTo = view.message_id;
    this.refresh();
    this.composer.focus();
  }

  /** Links, commands, code, hidden text and quotes inside messages. @param {MouseEvent} event */
  onClick(event) {
    const target = event.target.closest('[data-link], [data-command], [data-copy], [data-jump], .spoiler');
    if (!target) return;
    const { link, command, jump } = target.dataset;
    if (link && openLink(link, this.me)) event.preventDefault();
    if (command) void attempt(() => this.composer.send(command, { keepDraft: true }));
    if (jump) this.timeline.jumpTo(Number(jump));
    if ('copy' in target.dataset && String(getSelection()) === '') void copyText(target.textContent);
    if (target.classList.contains('spoiler')) reveal(target);
  }

  /** @param {KeyboardEvent} event */
  onKeydown(event) {
    const spoiler = event.target.closest('.spoiler');
    if (!spoiler || !['Enter', ' '].includes(event.key)) return;
    event.preventDefault();
    reveal(spoiler);
  }
}

/** @param {HTMLElement} place @param {HTMLElement} source gives its children; the control in use stays in use */
function replaceKeepingFocus(place, source) {
  const name = place.contains(document.activeElement) ? document.activeElement.getAttribute('name') : null;
  fill(place, [...source.childNodes]);
  if (name) place.querySelector(`[name="${CSS.escape(name)}"]`)?.focus({ preventScroll: true });
}

/** @param {HTMLElement} spoiler */
function reveal(spoiler) {
  spoiler.classList.add('revealed');
  spoiler.setAttribute('aria-expanded', 'true');
}
