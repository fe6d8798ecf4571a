/** What the page knows: people, groups, their chats, and what is being looked at. */

/**
 * A chat as the page keeps it. `local` are cards only this page shows (a link forwarded by a person).
 * @typedef {object} Chat
 * @property {number} id
 * @property {Map<number, any>} messages
 * @property {any[]} local
 * @property {number} unread
 * @property {number} typingUntil
 * @property {Set<string>} pending buttons that wait for an answer, "message:row:column"
 * @property {{draft: string, replyTo: number|null, dismissed: number, keyboard: boolean|null,
 *   thread: number|null, speaker: number|null}} ui
 */

const WIDE = window.matchMedia('(min-width: 1000px)');

/** Events: "people", "selection", "chat" (detail: the chat's id), "connection". */
class Store extends EventTarget {
  bot = { id: 0, username: '', name: '' };
  /** @type {Map<number, any>} */
  people = new Map();
  /** @type {Map<number, any>} */
  groups = new Map();
  /** @type {Map<number, Chat>} */
  chats = new Map();
  /** @type {number|null} */
  personId = null;
  /** @type {number|null} */
  groupId = null;
  /** @type {'people'|'chat'|'staff'} */
  tab = 'people';
  connected = true;
  seq = 0;

  /** @param {string} kind @param {any} [detail] */
  tell(kind, detail) {
    this.dispatchEvent(new CustomEvent(kind, { detail }));
  }

  get wide() {
    return WIDE.matches;
  }

  get person() {
    return this.people.get(this.personId) ?? null;
  }

  get group() {
    return this.groups.get(this.groupId) ?? null;
  }

  /** @param {any} state the answer of GET /sim/state */
  applyState(state) {
    this.bot = state.bot;
    this.people = new Map(state.people.map((person) => [person.id, person]));
    this.groups = new Map(state.groups.map((group) => [group.id, group]));
    if (!this.people.has(this.personId)) this.personId = state.people[0]?.id ?? null;
    if (!this.groups.has(this.groupId)) this.groupId = state.groups[0]?.id ?? null;
    this.tell('people');
    this.tell('selection');
  }

  /** @param {number} id @returns {Chat} */
  chat(id) {
    if (!this.chats.has(id)) {
      this.chats.set(id, {
        id, messages: new Map(), local: [], unread: 0, typingUntil: 0, pending: new Set(),
        ui: { draft: '', replyTo: null, dismissed: 0, keyboard: null, thread: null, speaker: null },
      });
    }
    return this.chats.get(id);
  }

  /** @param {number} id @param {any[]} items the whole of a chat, as loaded */
  replaceMessages(id, items) {
    const chat = this.chat(id);
    chat.messages.clear();
    for (const view of items) if (!view.deleted) chat.messages.set(view.message_id, view);
    this.tell('chat', id);
  }

  /** @param {any} view a new or a changed message; one seen already changes nothing but its content */
  applyMessage(view) {
    const chat = this.chat(view.chat_id);
    const known = chat.messages.get(view.message_id);
    if (view.deleted) return this.removeMessage(view);
    if (known && known.seq > view.seq) return;
    chat.messages.set(view.message_id, view);
    this.dropPending(chat, view.message_id);
    if (view.from?.is_bot) chat.typingUntil = 0;
    if (!known) this.countUnread(chat, view);
    this.tell('chat', chat.id);
  }

  /** @param {{chat_id: number, message_id: number}} view */
  removeMessage(view) {
    const chat = this.chat(view.chat_id);
    if (chat.messages.delete(view.message_id)) this.tell('chat', chat.id);
  }

  /** @param {Chat} chat @param {any} view */
  countUnread(chat, view) {
    if ([chat.id, this.personId].includes(view.from?.id)) return;
    this.tell('arrival', view);
    if (this.isVisible(chat.id)) return;
    chat.unread += 1;
    this.tell('people');
  }

  /** @param {Chat} chat @param {number} messageId */
  dropPending(chat, messageId) {
    for (const key of chat.pending) if (key.startsWith(`${messageId}:`)) chat.pending.delete(key);
  }

  /** @param {number} id @param {number} [milliseconds] */
  setTyping(id, milliseconds = 5000) {
    const chat = this.chat(id);
    chat.typingUntil = Date.now() + milliseconds;
    this.tell('chat', id);
    setTimeout(() => this.tell('chat', id), milliseconds + 50);
  }

  /** @param {number} id @returns {boolean} whether the chat is on the screen now */
  isVisible(id) {
    if (id === this.personId) return this.wide || this.tab === 'chat';
    if (id === this.groupId) return this.wide || this.tab === 'staff';
    return false;
  }

  /** @param {{personId?: number, groupId?: number, tab?: 'people'|'chat'|'staff'}} wanted */
  select({ personId = this.personId, groupId = this.groupId, tab = this.tab }) {
    this.personId = personId;
    this.groupId = groupId;
    this.tab = tab;
    for (const id of [personId, groupId]) if (id !== null && this.isVisible(id)) this.chat(id).unread = 0;
    this.tell('people');
    this.tell('selection');
  }

  /** @param {boolean} connected */
  setConnected(connected) {
    if (connected === this.connected) return;
    this.connected = connected;
    this.tell('connection');
  }

  /** @param {Chat} chat @returns {any[]} in the order they were sent, the page's own cards among them */
  ordered(chat) {
    const messages = [...chat.messages.values()].sort((a, b) => a.message_id - b.message_id);
    return chat.local.length
      ? [...messages, ...chat.local].sort((a, b) => a.message_id - b.message_id)
      : messages;
  }

  /** @param {Chat} chat @returns {any|null} the newest message */
  newest(chat) {
    let last = null;
    for (const view of chat.messages.values()) if (!last || view.message_id > last.message_id) last = view;
    return last;
  }
}

export const store = new Store();
WIDE.addEventListener('change', () => store.select({}));
