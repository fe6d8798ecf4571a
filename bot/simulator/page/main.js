/** Puts the page together and keeps it in step with the store. */
import { authorName, summary } from './bubble.js';
import { batched, fill, h } from './dom.js';
import { locale, t } from './i18n.js';
import { icon } from './icons.js';
import { connect } from './live.js';
import { Pane } from './pane.js';
import { privateChat } from './private-chat.js';
import { sidebar } from './sidebar.js';
import { staffChat } from './staff-chat.js';
import { store } from './store.js';
import { tabs } from './tabs.js';

const app = document.getElementById('app');
let parts = null;

/** Build everything in the page's language. */
function mount() {
  document.documentElement.lang = locale();
  const side = sidebar(mount);
  const switcher = tabs();
  const banner = h('div', { class: 'banner', role: 'alert' });
  const panes = [new Pane(privateChat, t('chat')), new Pane(staffChat, t('staffChat'))];
  parts = { side, switcher, banner, panes };
  fill(app, banner, side.element, panes.map((pane) => pane.element), switcher.element);
  draw();
}

const drawFrame = batched(() => {
  app.dataset.tab = store.tab;
  parts.side.draw();
  parts.switcher.draw();
});

function drawBanner() {
  app.classList.toggle('offline', !store.connected);
  fill(parts.banner, store.connected ? null : [icon('warning'), h('span', {}, t('stopped'))]);
}

function draw() {
  drawFrame();
  drawBanner();
  for (const pane of parts.panes) pane.refresh();
  document.title = store.bot.name ? t('pageTitle', { name: store.bot.name }) : t('title');
}

/** Read out what has come while the chat is looked at. @param {any} view */
function announce(view) {
  if (!store.isVisible(view.chat_id)) return;
  const live = document.getElementById('live');
  live.append(h('p', {}, `${authorName(view)}: ${summary(view)}`));
  while (live.children.length > 5) live.firstElementChild.remove();
}

/** What is looked at stands in the address, so a reload and a bookmark come back to it. */
function writeAddress() {
  const place = new URLSearchParams();
  if (store.personId !== null) place.set('person', String(store.personId));
  if (store.groupId !== null) place.set('group', String(store.groupId));
  place.set('tab', store.tab);
  history.replaceState(null, '', `#${place}`);
}

function readAddress() {
  const place = new URLSearchParams(location.hash.slice(1));
  const number = (name) => (place.get(name) ? Number(place.get(name)) : null);
  store.personId = number('person');
  store.groupId = number('group');
  const tab = place.get('tab');
  if (['people', 'chat', 'staff'].includes(tab)) store.tab = tab;
}

readAddress();
mount();
store.addEventListener('people', draw);
store.addEventListener('connection', drawBanner);
store.addEventListener('arrival', (event) => announce(event.detail));
store.addEventListener('selection', () => {
  draw();
  queueMicrotask(() => parts.side.reveal());
  writeAddress();
});
store.addEventListener('chat', (event) => {
  drawFrame();
  for (const pane of parts.panes) if (pane.chatId === event.detail) pane.refresh();
});
await connect();
document.documentElement.dataset.ready = 'true';
