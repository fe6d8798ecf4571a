/** Choosing a file, looking at it once more, and sending it as a picture or as a file. */
import { attachFile } from './api.js';
import { openDialog } from './dialogs.js';
import { bdi, h } from './dom.js';
import { fileSize } from './format.js';
import { t } from './i18n.js';
import { icon } from './icons.js';
import { store } from './store.js';
import { attempt } from './toast.js';

const PICTURES = /^image\/(png|jpeg|webp|gif)$/;

/**
 * @param {File} file
 * @returns {Promise<{kind: 'photo'|'document', caption: string}|null>}
 */
async function previewFile(file) {
  const picture = PICTURES.test(file.type);
  const address = picture ? URL.createObjectURL(file) : null;
  const caption = h('textarea', { class: 'input', rows: '2', maxlength: '1024', dataset: { focus: '' } });
  const asFile = h('input', { type: 'checkbox' });
  const answer = await openDialog({
    title: picture ? t('sendPhoto') : t('sendFile'),
    className: 'narrow',
    body: [
      picture
        ? h('img', { class: 'preview', src: address, alt: file.name })
        : h('div', { class: 'file' }, h('span', { class: 'file-icon' }, icon('file')),
          h('span', { class: 'file-text' },
            h('span', { class: 'file-name' }, bdi(file.name)),
            h('span', { class: 'file-size' }, fileSize(file.size)))),
      h('label', { class: 'field' }, h('span', { class: 'field-label' }, t('caption')), caption),
      picture && h('label', { class: 'check' }, asFile, t('asFile')),
    ],
    actions: [
      { text: t('cancel'), value: null },
      {
        text: t('send'), primary: true,
        read: () => ({ kind: picture && !asFile.checked ? 'photo' : 'document', caption: caption.value.trim() }),
      },
    ],
  });
  if (address) URL.revokeObjectURL(address);
  return answer;
}

/** The hidden file field of a chat; a pasted picture takes the same way. */
export class FileSender {
  /** @param {import('./pane.js').Pane} pane */
  constructor(pane) {
    this.pane = pane;
    this.element = h('input', { type: 'file', hidden: true, onchange: () => this.onChosen() });
  }

  choose() {
    this.element.click();
  }

  onChosen() {
    const [file] = this.element.files;
    this.element.value = '';
    if (file) void this.send(file);
  }

  /** @param {ClipboardEvent} event */
  onPaste(event) {
    const [file] = event.clipboardData?.files ?? [];
    if (!file) return;
    event.preventDefault();
    void this.send(file);
  }

  /** @param {File} file */
  async send(file) {
    const { chatId, me } = this.pane;
    const thread = this.pane.threadFor(null);
    const chosen = await previewFile(file);
    if (!chosen) return;
    const view = await attempt(() => attachFile(chatId, { from: me, file, thread, ...chosen }));
    if (view?.message_id) store.applyMessage(view);
  }
}
