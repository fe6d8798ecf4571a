/** The page's own words in four languages. */
import { bg } from './strings-bg.js';
import { en } from './strings-en.js';
import { ru } from './strings-ru.js';
import { uk } from './strings-uk.js';

const STRINGS = { en, ru, uk, bg };
const KEPT_AS = 'simulator.language';

/** Languages by their own names, in the order of the lists. */
export const LANGUAGES = { en: 'English', ru: 'Русский', uk: 'Українська', bg: 'Български' };

let current = firstChoice();

/** @returns {string} what was chosen before, else what the browser asks for, else English */
function firstChoice() {
  const wanted = [recall(KEPT_AS), ...(navigator.languages ?? [])];
  for (const tag of wanted) {
    const code = String(tag ?? '').slice(0, 2).toLowerCase();
    if (code in STRINGS) return code;
  }
  return 'en';
}

/** @param {string} key @returns {string|null} */
export function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** @param {string} key @param {string} value */
export function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A browser without storage forgets the choice; nothing else depends on it.
  }
}

/** @returns {string} */
export function locale() {
  return current;
}

/** @param {string} code */
export function setLocale(code) {
  if (!(code in STRINGS)) return;
  current = code;
  remember(KEPT_AS, code);
}

/**
 * @param {string} key
 * @param {Record<string, string|number>} [values] put in place of {name}
 * @returns {string}
 */
export function t(key, values = {}) {
  const text = STRINGS[current][key] ?? en[key] ?? key;
  return put(typeof text === 'string' ? text : text.other, values);
}

/**
 * The right plural form.
 * @param {string} key
 * @param {number} count
 * @returns {string}
 */
export function plural(key, count) {
  const forms = STRINGS[current][key] ?? en[key];
  const form = new Intl.PluralRules(current).select(count);
  return put(forms[form] ?? forms.other, { count });
}

/** @param {string} text @param {Record<string, string|number>} values @returns {string} */
function put(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}
