import type { ImportColumn, ImportReason } from './imports.ts'

/**
 * Why a row is refused or left, or what was left out of it, in words; `{field}` is the column, `{value}` what stands there. Here and not among the texts of screens, because the files of
 * refused rows and of remarks say the same.
 */
const TEXTS: Readonly<Record<string, { readonly en: string; readonly ru: string }>> = {
  'customers.name_required': { en: 'There is no name, e-mail or phone.', ru: 'Нет ни имени, ни почты, ни телефона.' },
  'exchange.not_a_date': { en: '{field}: “{value}” is not a date.', ru: '{field}: «{value}» — не дата.' },
  'exchange.not_a_time': { en: '{field}: “{value}” is not a time.', ru: '{field}: «{value}» — не время.' },
  'exchange.not_a_number': { en: '{field}: “{value}” is not a number.', ru: '{field}: «{value}» — не число.' },
  'exchange.not_money': { en: '{field}: “{value}” is not an amount of money.', ru: '{field}: «{value}» — не сумма.' },
  'exchange.not_yes_or_no': {
    en: '{field}: “{value}” is neither yes nor no.',
    ru: '{field}: «{value}» — ни да, ни нет.',
  },
  'exchange.not_a_choice': {
    en: '{field}: “{value}” is not one of the choices.',
    ru: '{field}: «{value}» нет среди вариантов.',
  },
  'exchange.not_a_phone': {
    en: '{field}: “{value}” is not a phone number.',
    ru: '{field}: «{value}» — не номер телефона.',
  },
  'exchange.not_an_email': {
    en: '{field}: “{value}” is not an e-mail address.',
    ru: '{field}: «{value}» — не адрес почты.',
  },
  'exchange.not_an_id': { en: '{field}: “{value}” is not an id.', ru: '{field}: «{value}» — не идентификатор.' },
  'exchange.operator_unknown': {
    en: '{field}: no operator is called “{value}”, so this is left out.',
    ru: '{field}: оператора «{value}» нет, это поле не загружается.',
  },
  'exchange.cell_too_long': { en: '{field}: longer than {max} characters.', ru: '{field}: длиннее {max} символов.' },
  'exchange.card_unknown': { en: 'There is no card with this id.', ru: 'Карточки с таким идентификатором нет.' },
  'exchange.several_cards': {
    en: '{field}: several cards have this value.',
    ru: '{field}: такое значение у нескольких карточек.',
  },
  'exchange.changed_since': { en: '{field}: changed after the import.', ru: '{field}: изменено после импорта.' },
  'exchange.value_taken_since': {
    en: '{field}: another card has the former value now.',
    ru: '{field}: прежнее значение теперь у другой карточки.',
  },
  'exchange.card_changed': { en: 'The card was changed after the import.', ru: 'Карточку изменили после импорта.' },
  'exchange.card_joined': { en: 'The card was joined with another one.', ru: 'Карточку объединили с другой.' },
  'exchange.card_talked': {
    en: 'Something happened with the customer after the import.',
    ru: 'После импорта с клиентом уже что-то произошло.',
  },
  'exchange.card_consented': { en: 'The customer gave a consent.', ru: 'Клиент дал согласие.' },
  'exchange.card_identified': { en: 'The card has got another address.', ru: 'У карточки появился другой адрес.' },
  'exchange.card_used': { en: 'Other cards use this one.', ru: 'Эту карточку используют другие.' },
  'exchange.card_gone': { en: 'The card is not there any more.', ru: 'Карточки больше нет.' },
  'customers.inn_wrong': { en: '{field}: there is no such tax number.', ru: '{field}: такого ИНН не бывает.' },
  'customers.requisites_wrong': { en: 'The requisites do not fit.', ru: 'Реквизиты не подходят.' },
  'customers.restricted': { en: 'The data of this person is restricted.', ru: 'Данные этого человека ограничены.' },
  'objects.value_required': { en: '{field}: must not be empty.', ru: '{field}: не должно быть пусто.' },
  'objects.value_taken': {
    en: '{field}: another card has this value.',
    ru: '{field}: такое значение уже у другой карточки.',
  },
  'objects.value_wrong': { en: '{field}: the value does not fit.', ru: '{field}: значение не подходит.' },
  'objects.reference_unknown': { en: '{field}: there is no such card.', ru: '{field}: такой карточки нет.' },
  'objects.field_archived': { en: '{field}: the field is archived.', ru: '{field}: поле в архиве.' },
  'objects.field_forbidden': { en: '{field}: not yours to change.', ru: '{field}: у вас нет права менять это поле.' },
}
const OTHER = { en: 'The row does not fit ({code}).', ru: 'Строка не подходит ({code}).' }

/** A reason in words; the field is called as the file calls its column. */
export function reasonText(
  { code, field, params }: ImportReason,
  columns: readonly Pick<ImportColumn, 'name' | 'target'>[],
  locale: 'ru' | 'en',
): string {
  const called = columns.find(({ target }) => target === field)?.name ?? field ?? ''
  const values: Record<string, string> = { ...params, field: called, code }
  const text = (TEXTS[code] ?? OTHER)[locale]
  const whole = text.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
  return whole.startsWith(': ') ? whole.slice(2) : whole
}
