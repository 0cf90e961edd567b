import type { Preset } from './preset.ts'

/**
 * amoCRM, Russian, as public importers of its files name the headings; kinds of phones and e-mails are those of its API reference (WORK, WORKDD, MOB, FAX, HOME,
 * OTHER). The older file says "Полное имя контакта", "Название компании" and "Дата создания контакта", the newer one "Наименование", "Компания" and puts "(контакт)"
 * or "(компания)" behind a field.
 */
export const amocrm: Preset = {
  key: 'amocrm',
  signs: [
    ['Полное имя контакта', 'Ответственный'],
    ['Рабочий прямой телефон', 'Рабочий email'],
    ['Наименование', 'Ближайшая задача', 'Ответственный'],
  ],
  headings: {
    person: {
      ID: 'externalIds',
      'Полное имя контакта': 'name',
      Наименование: 'name',
      Имя: 'firstName',
      'Компания контакта': 'company',
      'Должность (контакт)': 'position',
      'Телефон (контакт)': 'phones',
      'Email (контакт)': 'emails',
      'Город (контакт)': 'city',
      'День рождения (контакт)': 'birthday',
      'Ответственный за контакт': 'owner',
      'Телефон (компания)': null,
      'Email (компания)': null,
    },
    company: {
      ID: null,
      'Полное имя контакта': null,
      Имя: null,
      Фамилия: null,
      Web: 'site',
      'Web (компания)': 'site',
      'Телефон (компания)': 'phones',
      'Email (компания)': 'emails',
      'ИНН (компания)': 'inn',
      'Телефон (контакт)': null,
      'Email (контакт)': null,
    },
  },
}
