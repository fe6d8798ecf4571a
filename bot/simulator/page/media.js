/** What a message carries besides text: pictures, files, contacts. */
import { fileUrl } from './api.js';
import { avatar } from './avatar.js';
import { openDialog } from './dialogs.js';
import { bdi, h } from './dom.js';
import { fileSize, personName } from './format.js';
import { t } from './i18n.js';
import { icon } from './icons.js';

const LARGEST = 320;

/** @param {any} view @returns {{width: number, height: number}} of the picture in its bubble */
export function photoSize(view) {
  const width = view.photo.width || LARGEST;
  const height = view.photo.height || LARGEST;
  const scale = Math.min(1, LARGEST / Math.max(width, height));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/** @param {any} view @returns {HTMLElement} a picture that opens large */
export function photo(view) {
  const { file_id: fileId } = view.photo;
  const { width, height } = photoSize(view);
  const label = t('photo');
  const image = h('img', { src: fileUrl(fileId), alt: label, decoding: 'async', width, height });
  const frame = h('button', {
    type: 'button', class: 'photo', 'aria-label': t('openPhoto'),
    onclick: () => void showPhoto(fileId, label, width / height),
  }, image);
  image.addEventListener('error', () => frame.replaceChildren(broken()));
  return frame;
}

/** @returns {HTMLElement} */
function broken() {
  return h('span', { class: 'photo-missing' }, icon('image'), t('noPicture'));
}

/** @param {string} fileId @param {string} label @param {number} ratio of width to height */
function showPhoto(fileId, label, ratio) {
  const source = fileUrl(fileId);
  return openDialog({
    title: t('photo'),
    className: 'lightbox',
    body: (close) => [
      h('img', { src: source, alt: label, style: { '--ratio': ratio }, onclick: () => close(null) }),
      h('a', { class: 'button', href: source, download: 'photo', dataset: { focus: '' } },
        icon('download'), t('download')),
    ],
  });
}

/** @param {any} view @returns {HTMLElement} a file to download */
export function documentCard(view) {
  const { file_id: fileId, file_name: name, file_size: size } = view.document;
  const shown = name || t('file');
  return h('a', {
    class: 'file', href: fileUrl(fileId), download: shown, 'aria-label': `${t('download')}: ${shown}`,
  },
  h('span', { class: 'file-icon' }, icon('file')),
  h('span', { class: 'file-text' },
    h('span', { class: 'file-name' }, bdi(shown)),
    h('span', { class: 'file-size' }, [fileSize(size), t('download')].filter(Boolean).join(' · '))));
}

/** @param {any} view @returns {HTMLElement} */
export function contactCard(view) {
  const { contact } = view;
  const name = personName(contact);
  const phone = String(contact.phone_number ?? contact.phone ?? '');
  return h('div', { class: 'contact' },
    avatar(name, contact.user_id ?? name),
    h('span', { class: 'file-text' },
      h('span', { class: 'file-name' }, bdi(name)),
      h('span', { class: 'file-size' }, phone)));
}
