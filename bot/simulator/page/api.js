/** Calls of the simulator's control API. */

/** A refusal of the server (with its sentence) or a lost connection (`lost`). */
export class ApiError extends Error {
  /** @param {string} message @param {{lost?: boolean}} [options] */
  constructor(message, { lost = false } = {}) {
    super(message);
    this.lost = lost;
  }
}

/**
 * @param {string} method
 * @param {string} path below /sim/
 * @param {object|FormData} [body]
 * @returns {Promise<any>}
 */
async function call(method, path, body) {
  const form = body instanceof FormData;
  const init = { method };
  if (body !== undefined) {
    init.body = form ? body : JSON.stringify(body);
    if (!form) init.headers = { 'Content-Type': 'application/json' };
  }
  let response;
  try {
    response = await fetch(`/sim/${path}`, init);
  } catch {
    throw new ApiError('', { lost: true });
  }
  const data = await response.json().catch(() => null);
  if (!response.ok) throw new ApiError(data?.error ?? `HTTP ${response.status}`);
  return data;
}

const get = (path) => call('GET', path);
const post = (path, body = {}) => call('POST', path, body);

/** @returns {Promise<any>} bot, people, groups */
export const getState = () => get('state');

/** @param {object} fields */
export const createPerson = (fields) => post('people', fields);

/** @param {number} id @param {object} fields */
export const updatePerson = (id, fields) => call('PATCH', `people/${id}`, fields);

/**
 * Press Start in the bot's chat, as a link t.me/BOT?start=payload does.
 * @param {number} id
 * @param {string} [payload]
 */
export const startBot = (id, payload) => post(`people/${id}/start`, payload ? { payload } : {});

/** @param {number} id @param {number} chatId @returns {Promise<{command: string, description: string}[]>} */
export async function getCommands(id, chatId) {
  const answer = await get(`people/${id}/commands?chat_id=${chatId}`);
  return Array.isArray(answer) ? answer : answer?.commands ?? [];
}

/** @param {number} chatId @param {number} after @param {number} limit */
export const getMessages = (chatId, after, limit) =>
  get(`chats/${chatId}/messages?after=${after}&limit=${limit}`);

/** @param {number} chatId @param {object} fields */
export const sendText = (chatId, fields) => post(`chats/${chatId}/send`, fields);

/** @param {number} chatId @param {object} fields */
export const pressButton = (chatId, fields) => post(`chats/${chatId}/press`, fields);

/** @param {number} chatId @param {object} fields @returns {Promise<any>} what the bot offers */
export const askInline = (chatId, fields) => post(`chats/${chatId}/inline`, fields);

/** @param {number} chatId @param {object} fields */
export const chooseInline = (chatId, fields) => post(`chats/${chatId}/choose`, fields);

/** @param {number} chatId @param {object} fields */
export const shareContact = (chatId, fields) => post(`chats/${chatId}/contact`, fields);

/**
 * @param {number} chatId
 * @param {{from: number, kind: string, file: File, caption?: string, thread?: number|null}} fields
 */
export function attachFile(chatId, { from, kind, file, caption, thread }) {
  const form = new FormData();
  form.append('from', String(from));
  form.append('kind', kind);
  if (caption) form.append('caption', caption);
  if (thread) form.append('message_thread_id', String(thread));
  form.append('file', file, file.name);
  return call('POST', `chats/${chatId}/attach`, form);
}

/** @param {string} fileId @returns {string} */
export const fileUrl = (fileId) => `/sim/files/${encodeURIComponent(fileId)}`;

/** @param {number} after @returns {string} */
export const eventsUrl = (after) => `/sim/events?after=${after}`;
