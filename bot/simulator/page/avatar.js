/** Round pictures: initials on one of eight calm tones, or an icon. */
import { h } from './dom.js';
import { initials, tone } from './format.js';
import { icon } from './icons.js';

/**
 * @param {string} name
 * @param {number|string} seed
 * @param {'large'|'small'|''} [size]
 * @returns {HTMLElement}
 */
export function avatar(name, seed, size = '') {
  return h('span', { class: `avatar tone-${tone(seed)} ${size}`, 'aria-hidden': 'true' }, initials(name));
}

/**
 * @param {string} iconName
 * @param {'large'|'small'|''} [size]
 * @returns {HTMLElement}
 */
export function iconAvatar(iconName, size = '') {
  return h('span', { class: `avatar tone-bot ${size}`, 'aria-hidden': 'true' }, icon(iconName));
}
