/** Message formatting: only the tags Telegram knows, rebuilt node by node; everything else becomes its text. */
import { h } from './dom.js';

const PLAIN = new Set(['B', 'STRONG', 'I', 'EM', 'U', 'INS', 'S', 'STRIKE', 'DEL', 'PRE', 'BLOCKQUOTE', 'CODE']);
const DROPPED = new Set(['SCRIPT', 'STYLE', 'TEMPLATE', 'IFRAME', 'OBJECT', 'EMBED', 'NOSCRIPT', 'TITLE']);
const PROTOCOLS = new Set(['http:', 'https:', 'tg:', 'mailto:', 'tel:']);
const FOUND = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}'»])|(?<![\p{L}\p{N}_/@.])(\/[a-z][a-z0-9_]{0,31}(?:@[a-z0-9_]+)?)(?![\p{L}\p{N}_/])/giu;

/**
 * @param {string} html the server's rendering of a message
 * @returns {DocumentFragment} safe nodes; links and commands are marked by data attributes for the click handler
 */
export function richText(html) {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  const fragment = document.createDocumentFragment();
  copyChildren(parsed.body, fragment, true);
  return fragment;
}

/**
 * @param {string} text text without formatting
 * @returns {DocumentFragment}
 */
export function plainText(text) {
  const fragment = document.createDocumentFragment();
  copyText(text, fragment);
  return fragment;
}

/** @param {Node} from @param {Node} to @param {boolean} marking whether links and commands are looked for */
function copyChildren(from, to, marking) {
  for (const child of from.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) {
      if (marking) copyText(child.data, to);
      else to.appendChild(document.createTextNode(child.data));
    } else if (child.nodeType === Node.ELEMENT_NODE && !DROPPED.has(child.tagName)) {
      copyElement(child, to, marking);
    }
  }
}

/** @param {Element} source @param {Node} to @param {boolean} marking */
function copyElement(source, to, marking) {
  if (source.tagName === 'BR') {
    to.appendChild(document.createTextNode('\n'));
    return;
  }
  const made = counterpart(source);
  const quiet = ['A', 'CODE', 'PRE'].includes(source.tagName);
  copyChildren(source, made ?? to, marking && !quiet);
  if (made) to.appendChild(made);
}

/** @param {Element} source @returns {HTMLElement|null} the same element, clean; null: only its content stays */
function counterpart(source) {
  const tag = source.tagName;
  if (tag === 'A') return link(source.getAttribute('href'));
  if (tag === 'TG-SPOILER' || source.matches('.spoiler, .tg-spoiler')) {
    return h('span', { class: 'spoiler', role: 'button', tabindex: '0', 'aria-expanded': 'false' });
  }
  if (!PLAIN.has(tag)) return null;
  if (tag === 'CODE' && source.parentElement?.tagName !== 'PRE') return h('code', { dataset: { copy: '' } });
  return h(tag.toLowerCase());
}

/** @param {string|null} href @returns {HTMLElement|null} */
function link(href) {
  if (!isSafeLink(href)) return null;
  return h('a', { href, target: '_blank', rel: 'noopener noreferrer', dataset: { link: href } });
}

/** @param {string|null|undefined} href @returns {boolean} */
export function isSafeLink(href) {
  try {
    return PROTOCOLS.has(new URL(href ?? '').protocol);
  } catch {
    return false;
  }
}

/** Text with bare links and /commands made pressable. @param {string} text @param {Node} to */
function copyText(text, to) {
  let end = 0;
  for (const found of text.matchAll(FOUND)) {
    to.appendChild(document.createTextNode(text.slice(end, found.index)));
    to.appendChild(mark(found));
    end = found.index + found[0].length;
  }
  to.appendChild(document.createTextNode(text.slice(end)));
}

/** @param {RegExpMatchArray} found @returns {Node} */
function mark(found) {
  const [whole, url, command] = found;
  if (url) {
    const made = link(url);
    made?.append(whole);
    return made ?? document.createTextNode(whole);
  }
  return h('button', { type: 'button', class: 'command-link', dataset: { command } }, command);
}
