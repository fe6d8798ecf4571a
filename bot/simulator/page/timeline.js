/** The scrolling list of a chat: draws only what has changed and keeps the reader's place. */
import { authorName, daySeparator, message } from './bubble.js';
import { h } from './dom.js';
import { dayKey, toDate } from './format.js';
import { locale, plural, t } from './i18n.js';
import { icon } from './icons.js';

const STEP = 120;
const NEAR = 90;
const RUN = 5 * 60 * 1000;

export class Timeline {
  chatKey = '';
  limit = STEP;
  pinned = true;
  missed = 0;
  /** @type {Map<string, {element: HTMLElement, signature: string}>} */
  drawn = new Map();

  constructor() {
    this.list = h('ol', { class: 'messages', 'aria-label': t('messages') });
    this.earlier = h('button', { type: 'button', class: 'button earlier', hidden: true, onclick: () => this.showMore() },
      t('showEarlier'));
    this.empty = h('div', { class: 'empty-slot' });
    this.typing = h('div', { class: 'typing', hidden: true, role: 'img', 'aria-label': t('typing') },
      h('i'), h('i'), h('i'));
    this.scroller = h('div', { class: 'timeline', tabindex: '0', role: 'region', 'aria-label': t('messages') },
      this.earlier, this.empty, this.list, this.typing);
    this.pill = h('button', { type: 'button', class: 'pill', hidden: true, onclick: () => this.toBottom() });
    this.element = h('div', { class: 'timeline-box' }, this.scroller, this.pill);
    this.scroller.addEventListener('scroll', () => this.onScroll(), { passive: true });
    const sizes = new ResizeObserver(() => this.pinned && this.settle());
    sizes.observe(this.list);
    sizes.observe(this.scroller);
  }

  /**
   * @param {object} scene
   * @param {string} scene.key another key is another chat
   * @param {any[]} scene.views
   * @param {boolean} scene.typing
   * @param {Node|null} scene.emptyNote shown when there are no messages
   * @param {(view: any) => Omit<import('./bubble.js').Place, 'view'|'first'|'last'>} scene.place
   * @param {number|null} scene.me
   */
  update(scene) {
    const fresh = scene.key !== this.chatKey;
    if (fresh) this.reset(scene.key);
    this.scene = scene;
    const before = this.scroller.scrollHeight - this.scroller.scrollTop;
    const grown = this.reconcile(this.entries(scene), fresh);
    this.earlier.hidden = scene.views.length <= this.limit;
    this.typing.hidden = !scene.typing;
    this.empty.replaceChildren(...(scene.emptyNote ? [scene.emptyNote] : []));
    if (this.pinned) this.settle();
    else if (this.keepFromEnd) this.scroller.scrollTop = this.scroller.scrollHeight - before;
    else this.missed += grown.filter((view) => view.from?.id !== scene.me).length;
    if (!this.pinned && grown.some((view) => view.from?.id === scene.me)) this.toBottom();
    this.drawPill();
  }

  /** @param {string} key */
  reset(key) {
    this.chatKey = key;
    this.limit = STEP;
    this.pinned = true;
    this.missed = 0;
    this.drawn.clear();
    this.list.replaceChildren();
  }

  /** @param {any} scene @returns {{key: string, signature: string, draw: () => HTMLElement, view?: any}[]} */
  entries({ views, place }) {
    const shown = views.slice(-this.limit);
    const result = [];
    shown.forEach((view, index) => {
      const date = toDate(view.date);
      const day = dayKey(date);
      const newDay = index === 0 || dayKey(toDate(shown[index - 1].date)) !== day;
      if (newDay) result.push({ key: `day ${day}`, signature: day, draw: () => daySeparator(date) });
      const full = {
        view, ...place(view),
        first: newDay || !sameRun(shown[index - 1], view),
        last: !shown[index + 1] || !sameRun(view, shown[index + 1]),
      };
      result.push({ key: String(view.message_id), signature: signatureOf(full), draw: () => message(full), view });
    });
    return result;
  }

  /** Bring the list to the entries. @returns {any[]} views that were not there before */
  reconcile(entries, fresh) {
    const grown = [];
    const keep = new Set();
    let cursor = this.list.firstChild;
    for (const entry of entries) {
      keep.add(entry.key);
      const known = this.drawn.get(entry.key);
      let element = known?.element;
      if (!known || known.signature !== entry.signature) {
        element = entry.draw();
        this.drawn.set(entry.key, { element, signature: entry.signature });
        if (known) {
          if (cursor === known.element) cursor = cursor.nextSibling;
          swap(known.element, element);
        } else if (!fresh && entry.view && !this.keepFromEnd) {
          element.classList.add('arriving');
          grown.push(entry.view);
        }
      }
      if (element === cursor) cursor = cursor.nextSibling;
      else if (element.nextSibling !== cursor || !element.parentNode) this.list.insertBefore(element, cursor);
    }
    for (const [key, { element }] of this.drawn) {
      if (keep.has(key)) continue;
      element.remove();
      this.drawn.delete(key);
    }
    return grown;
  }

  showMore() {
    this.limit += STEP;
    this.pinned = false;
    this.keepFromEnd = true;
    this.update(this.scene);
    this.keepFromEnd = false;
  }

  onScroll() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    if (!clientHeight) return;
    this.pinned = scrollHeight - scrollTop - clientHeight < NEAR;
    if (this.pinned) this.missed = 0;
    this.drawPill();
  }

  /** Stand at the end, at once. */
  settle() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  toBottom() {
    this.pinned = true;
    this.missed = 0;
    this.settle();
    this.drawPill();
  }

  drawPill() {
    this.pill.hidden = this.pinned;
    const text = this.missed ? plural('newMessages', this.missed) : '';
    if (this.pill.dataset.text === text && this.pill.firstChild) return;
    this.pill.dataset.text = text;
    this.pill.setAttribute('aria-label', text || t('toBottom'));
    this.pill.replaceChildren(...[text, icon('down')].filter(Boolean));
  }

  /** @param {number} id show a message that is quoted */
  jumpTo(id) {
    const element = this.drawn.get(String(id))?.element;
    if (!element) return;
    element.scrollIntoView({ block: 'center' });
    element.classList.remove('flash');
    requestAnimationFrame(() => element.classList.add('flash'));
  }
}

/** @param {any} a @param {any} b @returns {boolean} */
function sameRun(a, b) {
  return !a.service && !b.service && !a.local && !b.local && a.from?.id === b.from?.id
    && authorName(a) === authorName(b) && a.message_thread_id === b.message_thread_id
    && toDate(b.date) - toDate(a.date) < RUN;
}

/** @param {import('./bubble.js').Place} place @returns {string} changes when the message must be drawn again */
function signatureOf({ view, chat, own, first, last, topic }) {
  const waiting = [...chat.pending].filter((key) => key.startsWith(`${view.message_id}:`));
  const quoted = chat.messages.get(view.reply_to_message_id)?.text ?? '';
  return JSON.stringify([view, own, first, last, topic, waiting, quoted, locale()]);
}

/** Put the new element in the old one's place, keeping the focus on the same key. */
function swap(old, fresh) {
  const key = old.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  old.replaceWith(fresh);
  if (key !== undefined) fresh.querySelector(`[data-key="${key}"]`)?.focus({ preventScroll: true });
}
