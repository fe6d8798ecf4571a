/** Sharing one's own phone number, after a question. */
import { shareContact, updatePerson } from './api.js';
import { confirmDialog, field, openDialog } from './dialogs.js';
import { h } from './dom.js';
import { t } from './i18n.js';
import { refreshState } from './live.js';
import { store } from './store.js';
import { attempt } from './toast.js';

/** @param {number} chatId @param {number|null} personId */
export async function shareOwnPhone(chatId, personId) {
  const person = store.people.get(personId);
  if (!person) return;
  const phone = person.phone || await askPhone();
  if (!phone) return;
  if (person.phone) {
    const text = t('shareContactText', { phone, bot: store.bot.name });
    const agreed = await confirmDialog(t('shareContact'), [h('p', { class: 'dialog-text' }, text)], t('share'));
    if (!agreed) return;
  } else {
    const saved = await attempt(() => updatePerson(person.id, { phone }));
    if (!saved) return;
    await refreshState();
  }
  const view = await attempt(() => shareContact(chatId, { from: person.id }));
  if (view?.message_id) store.applyMessage(view);
}

/** @returns {Promise<string|null>} */
function askPhone() {
  const input = h('input', {
    class: 'input', type: 'tel', required: true, pattern: '\\+?[0-9 \\(\\)\\-]{5,20}', placeholder: '+359 88 123 4567',
    dataset: { focus: '' },
  });
  return openDialog({
    title: t('shareContact'),
    className: 'narrow',
    body: [h('p', { class: 'dialog-text' }, t('noPhoneYet')), field(t('phone'), input)],
    actions: [
      { text: t('cancel'), value: null },
      { text: t('share'), primary: true, read: () => input.value.trim() },
    ],
  });
}
