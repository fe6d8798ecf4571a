/** What a link means inside the demo. */
import { store } from './store.js';

const HOSTS = new Set(['t.me', 'www.t.me', 'telegram.me', 'telegram.dog']);

/**
 * @typedef {{kind: 'start', payload: string}|{kind: 'bot'}|{kind: 'share', url: string, text: string}
 *   |{kind: 'profile', name: string}|{kind: 'web'}} Meaning
 */

/**
 * @param {string} href
 * @returns {Meaning}
 */
export function meaningOf(href) {
  let url;
  try {
    url = new URL(href);
  } catch {
    return { kind: 'web' };
  }
  if (url.protocol === 'tg:') return fromScheme(url);
  if (!HOSTS.has(url.hostname.toLowerCase())) return { kind: 'web' };
  const name = url.pathname.replace(/^\/+|\/+$/g, '');
  if (name.toLowerCase() === 'share/url' || name.toLowerCase() === 'share') return share(url);
  return chatOf(name, url.searchParams.get('start'));
}

/** @param {URL} url tg://resolve?domain=BOT&start=PAYLOAD, tg://msg_url?url=..., tg://user?id=... */
function fromScheme(url) {
  const place = (url.hostname || url.pathname.replace(/^\/+/, '')).toLowerCase();
  if (place === 'msg_url') return share(url);
  if (place === 'resolve') return chatOf(url.searchParams.get('domain') ?? '', url.searchParams.get('start'));
  if (place === 'user') {
    const person = store.people.get(Number(url.searchParams.get('id')));
    return { kind: 'profile', name: person?.first_name ?? '' };
  }
  return { kind: 'profile', name: '' };
}

/** @param {URL} url */
function share(url) {
  return { kind: 'share', url: url.searchParams.get('url') ?? '', text: url.searchParams.get('text') ?? '' };
}

/** @param {string} name @param {string|null} payload */
function chatOf(name, payload) {
  const wanted = name.toLowerCase();
  if (wanted === store.bot.username.toLowerCase()) return payload ? { kind: 'start', payload } : { kind: 'bot' };
  for (const person of store.people.values()) {
    if (person.username && person.username.toLowerCase() === wanted) return { kind: 'profile', name: person.first_name };
  }
  return { kind: 'web' };
}
