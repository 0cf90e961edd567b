import type { Preset } from './preset.ts'

/**
 * Bitrix24, Russian and English. Headings as its own language files name them (`crm.contact.list` and `crm.company.list`: component.php, `crm_field_multi.php`);
 * newer files add "Телефон для рассылок", "E-mail для рассылок" and take the address apart ("Улица, номер дома", "Населенный пункт").
 */
export const bitrix24: Preset = {
  key: 'bitrix24',
  signs: [
    ['Обращение', 'Имя', 'Отчество', 'Фамилия', 'Ответственный'],
    ['Рабочий e-mail', 'Частный e-mail'],
    ['Название лида', 'Рабочий телефон'],
    ['Название компании', 'Сфера деятельности', 'Ответственный'],
    ['Work E-mail', 'Home E-mail'],
    ['Contact Type', 'Source Information', 'Responsible'],
  ],
  headings: {
    person: {
      ID: 'externalIds',
      'Имя, Фамилия': 'name',
      'First and Last Names': 'name',
      'E-mail для рассылок': 'emails',
      'Home E-mail': 'emails',
      'Телефон для рассылок': 'phones',
      Responsible: 'owner',
      'Responsible person': 'owner',
      // A word before the name here, how to address somebody there.
      Обращение: null,
      // Stages of a lead, which are not ours.
      Стадия: null,
      Статус: null,
      'Улица, номер дома': null,
    },
    company: {
      ID: null,
      'Корпоративный сайт': 'site',
      'Corporate Website': 'site',
      'Сфера деятельности': 'industry',
      'Home E-mail': 'emails',
      'E-mail для рассылок': 'emails',
      'Телефон для рассылок': 'phones',
      Responsible: 'owner',
      'Responsible person': 'owner',
    },
  },
}
