/** The form that makes or changes a person. */
import { createPerson, updatePerson } from './api.js';
import { field, openDialog } from './dialogs.js';
import { h } from './dom.js';
import { LANGUAGES, locale, t } from './i18n.js';
import { refreshState } from './live.js';
import { attempt } from './toast.js';

/**
 * @param {string} value
 * @param {Record<string, any>} [props]
 * @returns {HTMLSelectElement}
 */
export function languageSelect(value, props = {}) {
  const codes = value in LANGUAGES ? Object.keys(LANGUAGES) : [value, ...Object.keys(LANGUAGES)];
  return h('select', props, codes.filter(Boolean).map((code) =>
    h('option', { value: code, selected: code === value }, LANGUAGES[code] ?? code)));
}

/**
 * @param {any} [person] absent: a new one
 * @returns {Promise<any|null>} the person as the server has it
 */
export async function personDialog(person = null) {
  const first = h('input', {
    class: 'input', required: true, maxlength: '64', autocomplete: 'off', name: 'first_name',
    value: person?.first_name ?? '', dataset: { focus: '' },
  });
  const last = h('input', { class: 'input', maxlength: '64', autocomplete: 'off', name: 'last_name', value: person?.last_name ?? '' });
  const phone = h('input', {
    class: 'input', type: 'tel', maxlength: '20', autocomplete: 'off', name: 'phone', value: person?.phone ?? '',
    pattern: '\\+?[0-9 \\(\\)\\-]{5,20}', placeholder: '+359 88 123 4567',
  });
  const language = languageSelect(person?.language_code ?? locale(), { class: 'input', name: 'language_code' });
  const fields = await openDialog({
    title: person ? t('editPerson') : t('newPerson'),
    className: 'narrow',
    body: [
      field(t('firstName'), first),
      field(t('lastName'), last, t('optional')),
      field(t('language'), language),
      field(t('phone'), phone, t('phoneHint')),
    ],
    actions: [
      { text: t('cancel'), value: null },
      {
        text: person ? t('save') : t('create'), primary: true,
        read: () => ({
          first_name: first.value.trim() || first.value, last_name: last.value.trim() || null,
          language_code: language.value, phone: phone.value.trim() || null,
        }),
      },
    ],
  });
  if (!fields) return null;
  const saved = await attempt(() => (person ? updatePerson(person.id, fields) : createPerson(fields)));
  if (saved) await refreshState();
  return saved;
}
