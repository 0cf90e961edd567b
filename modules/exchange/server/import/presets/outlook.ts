import type { Preset } from './preset.ts'

/**
 * Outlook: the classic program in English and Russian ("Улица (раб. адрес)", "Адрес 2 эл. почты"), and outlook.com, whose file has other columns ("Given Yomi", "Personal
 * Web Page") under the same words: whole rows of headings of all three stand in public converters.
 */
export const outlook: Preset = {
  key: 'outlook',
  signs: [
    ['First Name', 'Last Name', 'E-mail Address', 'Business Phone'],
    ['First Name', 'Last Name', 'E-mail Address', 'Mobile Phone', 'Job Title'],
    ['Имя', 'Фамилия', 'Адрес эл. почты', 'Рабочий телефон'],
    ['Имя', 'Фамилия', 'Суффикс', 'Организация', 'Улица (раб. адрес)'],
  ],
  headings: {
    person: {
      // A word before the name.
      Title: null,
      Обращение: null,
      'Job Title': 'position',
      Company: 'company',
      'Business City': 'city',
      'Город (раб. адрес)': 'city',
      'Город (дом. адрес)': 'city',
      'Телефон раб. 2': 'phones',
      'Телефон дом. 2': 'phones',
      'Телефон переносной': 'phones',
      'Телефон в машине': 'phones',
      'Основной телефон': 'phones',
      Радиотелефон: 'phones',
      'Car Phone': 'phones',
      'Radio Phone': 'phones',
      // It repeats the address behind the name.
      'E-mail Display Name': null,
      'Краткое имя эл. почты': null,
      // A word like «русский», not a code.
      Language: null,
      Язык: null,
    },
  },
}
