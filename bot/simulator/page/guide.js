/** "What to try": a card with a first walk through the product; it remembers being closed. */
import { h } from './dom.js';
import { recall, remember, t } from './i18n.js';
import { icon } from './icons.js';

const KEPT_AS = 'simulator.guide';
const STEPS = ['stepJoin', 'stepShare', 'stepPay', 'stepWithdraw', 'stepDone'];

/** @returns {HTMLElement} */
export function guide() {
  const card = h('details', { class: 'guide', open: recall(KEPT_AS) !== 'closed' },
    h('summary', {}, icon('bolt'), h('span', {}, t('whatToTry')), icon('down', 'icon turn')),
    h('ol', {}, STEPS.map((key) => h('li', {}, h('span', {}, withCode(t(key)))))));
  card.addEventListener('toggle', () => remember(KEPT_AS, card.open ? 'open' : 'closed'));
  return card;
}

/** Words between backquotes are shown as typed text. @param {string} text @returns {(string|Node)[]} */
function withCode(text) {
  return text.split('`').map((part, index) => (index % 2 ? h('code', {}, part) : part));
}
