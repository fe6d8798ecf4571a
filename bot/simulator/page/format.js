/** Dates, sizes and names as people read them. */
import { locale, t } from './i18n.js';

/** Characters that take no room: zero-width ones, direction marks, soft hyphens, controls, fillers. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zs}\p{Zl}\p{Zp}\u115F\u1160\u3164\uFFA0\u2800]/gu;

/**
 * @param {number|string|null|undefined} value seconds since 1970, or an ISO date
 * @returns {Date}
 */
export function toDate(value) {
  if (typeof value === 'number') return new Date(value * 1000);
  return value ? new Date(value) : new Date(0);
}

/** @param {Date} date @returns {string} */
export function clock(date) {
  return new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit' }).format(date);
}

/** @param {Date} date @returns {string} */
export function fullDate(date) {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(date);
}

/** @param {Date} date @returns {string} a key equal for moments of one local day */
export function dayKey(date) {
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}

/** @param {Date} date @returns {string} "Today", "Yesterday" or the date */
export function dayName(date) {
  const now = new Date();
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (dayKey(date) === dayKey(now)) return t('today');
  if (dayKey(date) === dayKey(yesterday)) return t('yesterday');
  const year = date.getFullYear() === now.getFullYear() ? undefined : 'numeric';
  return new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'long', year }).format(date);
}

/** @param {number|null|undefined} bytes @returns {string} */
export function fileSize(bytes) {
  if (!Number.isFinite(bytes)) return '';
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
  let value = bytes;
  let step = 0;
  while (value >= 1024 && step < units.length - 1) {
    value /= 1024;
    step += 1;
  }
  const digits = step > 0 && value < 10 ? 1 : 0;
  return new Intl.NumberFormat(locale(), {
    style: 'unit', unit: units[step], unitDisplay: step ? 'short' : 'long', maximumFractionDigits: digits,
  }).format(value);
}

/** @param {string|null|undefined} text @returns {boolean} whether nothing of it could be seen */
export function looksEmpty(text) {
  return !(text ?? '').replace(INVISIBLE, '');
}

/** @param {string|null|undefined} name @returns {string} */
export function shownName(name) {
  return looksEmpty(name) ? t('noName') : String(name).replace(/\s+/gu, ' ').trim();
}

/**
 * @param {{first_name?: string, last_name?: string|null}|null|undefined} person
 * @returns {string}
 */
export function personName(person) {
  return shownName([person?.first_name, person?.last_name].filter(Boolean).join(' '));
}

/** @param {string} name @returns {string} one or two letters for an avatar */
export function initials(name) {
  const words = name.replace(/[^\p{L}\p{N}\s]/gu, '').split(/\s+/u).filter(Boolean);
  if (!words.length) return '#';
  const chosen = words.length > 1 ? [words[0], words[words.length - 1]] : [words[0]];
  return chosen.map((word) => [...word][0]).join('').toLocaleUpperCase();
}

/** @param {string|number} seed @returns {number} 0..7, the same for the same seed */
export function tone(seed) {
  let sum = 7;
  for (const char of String(seed)) sum = (sum * 31 + char.codePointAt(0)) >>> 0;
  return sum % 8;
}

/** @param {string} text @param {number} length @returns {string} one line, cut */
export function oneLine(text, length = 120) {
  const line = text.replace(/\s+/gu, ' ').trim();
  const chars = [...line];
  return chars.length > length ? `${chars.slice(0, length).join('')}…` : line;
}
