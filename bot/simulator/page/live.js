/** Keeps the store equal to the server: a full load, then the stream of events, again after every loss. */
import { eventsUrl, getMessages, getState } from './api.js';
import { store } from './store.js';

const PAGE = 200;
const RETRY = [500, 1000, 2000, 3000];
const PATIENCE = 1500;

let source = null;
let failures = 0;
let banner = null;
let refreshing = null;

/** @param {number} id @returns {Promise<any[]>} all messages of one chat */
async function loadChat(id) {
  const items = [];
  let after = 0;
  for (;;) {
    const page = await getMessages(id, after, PAGE);
    items.push(...page.items);
    store.seq = Math.max(store.seq, page.last_seq ?? 0);
    const reached = page.items.at(-1)?.seq ?? after;
    if (page.items.length < PAGE || reached <= after) return items;
    after = reached;
  }
}

/** Load everything from nothing: at the beginning and after the server was away. */
async function loadAll() {
  const state = await getState();
  store.seq = 0;
  const ids = [...state.people, ...state.groups].map((owner) => owner.id);
  const loaded = await Promise.all(ids.map(async (id) => [id, await loadChat(id)]));
  for (const [id, items] of loaded) store.replaceMessages(id, items);
  store.applyState(state);
}

/** People or groups have changed: ask for the lists, once for a burst of changes. */
export function refreshState() {
  refreshing ??= new Promise((resolve) => setTimeout(resolve, 60))
    .then(() => {
      refreshing = null;
      return getState();
    })
    .then((state) => store.applyState(state))
    .catch(() => {});
  return refreshing;
}

/** @param {any} event one of the stream */
function take(event) {
  store.seq = Math.max(store.seq, event.seq ?? 0);
  const view = event.message ?? event;
  if (event.kind === 'message' || event.kind === 'edit') store.applyMessage(view);
  else if (event.kind === 'delete') store.removeMessage(view);
  else if (event.kind === 'action') store.setTyping(event.chat_id);
  else if (event.kind === 'person' || event.kind === 'group') void refreshState();
}

function listen() {
  source = new EventSource(eventsUrl(store.seq));
  source.addEventListener('open', markUp);
  source.addEventListener('message', (event) => take(JSON.parse(event.data)));
  source.addEventListener('error', () => {
    source.close();
    lost();
  });
}

function markUp() {
  clearTimeout(banner);
  banner = null;
  failures = 0;
  store.setConnected(true);
}

/** The connection has gone: say so if it does not come back at once, and try again. */
function lost() {
  banner ??= setTimeout(() => store.setConnected(false), failures ? 0 : PATIENCE);
  const pause = RETRY[Math.min(failures, RETRY.length - 1)];
  failures += 1;
  setTimeout(connect, pause);
}

/** Load and listen; the promise ends with the first attempt, whatever came of it. */
export async function connect() {
  try {
    await loadAll();
  } catch {
    lost();
    return;
  }
  listen();
}
