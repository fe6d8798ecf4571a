/** The group: staff talk here, each visitor chooses as whom. */
import { avatar, iconAvatar } from './avatar.js';
import { bdi, h } from './dom.js';
import { personName, shownName } from './format.js';
import { plural, t } from './i18n.js';
import { store } from './store.js';

/** @type {import('./pane.js').PaneKind} */
export const staffChat = { name: 'staff', group: true, chatId, me: speaker, head, gate, above, nothing, emptyNote };

function chatId() {
  return store.groupId;
}

/** @returns {any[]} members that are here now */
function present() {
  const members = store.group?.members ?? [];
  return members.filter(({ person_id: id, status }) => store.people.has(id) && !['left', 'kicked'].includes(status));
}

/** @returns {number|null} the one chosen; else the person in the other column, else an administrator */
function speaker() {
  if (store.groupId === null) return null;
  const members = present();
  const chosen = store.chat(store.groupId).ui.speaker;
  if (members.some(({ person_id: id }) => id === chosen)) return chosen;
  if (members.some(({ person_id: id }) => id === store.personId)) return store.personId;
  const admin = members.find(({ status }) => ['creator', 'administrator'].includes(status));
  return (admin ?? members[0])?.person_id ?? null;
}

/** @param {string} status @returns {string} */
function statusName(status) {
  return status === 'creator' ? t('owner') : status === 'administrator' ? t('administrator') : t('member');
}

function head() {
  const { group } = store;
  if (!group) return [];
  const typing = store.chat(group.id).typingUntil > Date.now();
  const gone = ['left', 'kicked'].includes(group.bot_status);
  const note = [plural('members', present().length), t(gone ? 'botGone' : 'botHere')].join(' · ');
  const title = shownName(group.title);
  return [
    avatar(title, group.id),
    h('div', { class: 'head-text', dataset: { chat: group.id } },
      h('h2', {}, bdi(title)),
      h('p', { class: typing ? 'head-note busy' : 'head-note' }, typing ? t('typing') : note)),
    group.is_forum && topics(group),
  ];
}

/** @param {any} group @returns {HTMLElement} */
function topics(group) {
  const { ui } = store.chat(group.id);
  const named = (group.topics ?? []).filter((topic) => topic.id > 1);
  const choices = [[null, t('allTopics')], [0, t('general')], ...named.map(({ id, name }) => [id, name])];
  return h('div', { class: 'topics', role: 'group', 'aria-label': t('topics') }, choices.map(([id, name]) => h('button', {
    type: 'button', class: 'topic', name: `topic-${id}`, 'aria-pressed': String(ui.thread === id),
    onclick: () => {
      ui.thread = id;
      store.tell('chat', group.id);
    },
  }, bdi(name))));
}

function gate() {
  return present().length ? null : h('p', { class: 'gate-note' }, t('noMembers'));
}

function above() {
  const me = speaker();
  const { people } = store;
  return h('label', { class: 'speaker', dataset: { chat: store.groupId } },
    avatar(personName(people.get(me)), me, 'small'),
    h('span', {}, t('writeAs')),
    h('select', {
      name: 'speaker', 'aria-label': t('writeAs'),
      onchange: (event) => {
        store.chat(store.groupId).ui.speaker = Number(event.target.value);
        store.tell('chat', store.groupId);
      },
    }, present().map((member) => h('option', { value: member.person_id, selected: member.person_id === me },
      `${personName(people.get(member.person_id))} (${member.is_anonymous ? t('anonymous') : statusName(member.status)})`))));
}

function nothing() {
  return h('div', { class: 'empty' }, iconAvatar('staff', 'large'), h('h3', {}, t('noGroups')), h('p', {}, t('noGroupsHint')));
}

function emptyNote() {
  return h('div', { class: 'empty' }, iconAvatar('staff', 'large'), h('h3', {}, t('emptyGroup')), h('p', {}, t('emptyGroupHint')));
}
