/** Choosing one of the people, or making a new one on the way. */
import { avatar } from './avatar.js';
import { openDialog } from './dialogs.js';
import { bdi, h } from './dom.js';
import { personName } from './format.js';
import { t } from './i18n.js';
import { icon } from './icons.js';
import { personDialog } from './person-form.js';
import { store } from './store.js';

/**
 * @param {object} options
 * @param {string} options.title
 * @param {(Node|string)[]} options.intro
 * @param {number|null} options.current stands first and takes the focus
 * @param {string} options.note said beside the current one
 * @returns {Promise<number|null>}
 */
export async function pickPerson({ title, intro, current, note }) {
  const answer = await openDialog({
    title,
    body: (close) => [
      ...intro,
      h('ul', { class: 'picker', 'aria-label': t('people') },
        inOrder(current).map((person) => h('li', {}, choice(person, person.id === current, note, close))),
        h('li', {}, h('button', { type: 'button', class: 'picker-row new', onclick: () => close('new') },
          h('span', { class: 'avatar tone-new small' }, icon('plus')), h('span', {}, t('newPerson'))))),
    ],
  });
  if (answer !== 'new') return answer;
  const made = await personDialog();
  return made?.id ?? null;
}

/** @param {number|null} current @returns {any[]} */
function inOrder(current) {
  const people = [...store.people.values()].filter((person) => !person.deactivated);
  return people.sort((a, b) => Number(b.id === current) - Number(a.id === current));
}

/** @returns {HTMLElement} */
function choice(person, isCurrent, note, close) {
  const name = personName(person);
  return h('button', {
    type: 'button', class: isCurrent ? 'picker-row current' : 'picker-row', dataset: isCurrent ? { focus: '' } : {},
    onclick: () => close(person.id),
  },
  avatar(name, person.id, 'small'),
  h('span', { class: 'picker-text' },
    h('span', { class: 'picker-name' }, bdi(name)),
    person.label && h('span', { class: 'picker-label' }, bdi(person.label))),
  isCurrent && h('span', { class: 'chip' }, note));
}
