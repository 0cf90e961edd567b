/** Words of the hosted form around what the company wrote itself. */
export const formTexts = {
  ru: {
    send: 'Отправить',
    sent: 'Спасибо! Мы получили ваше обращение и скоро ответим.',
    sentTitle: 'Отправлено',
    required: 'обязательно',
    choose: 'Выберите',
    slot: 'Когда вам позвонить',
    zone: (name: string) => `Часовой пояс: ${name}.`,
    noSlots: 'Свободного времени для звонка сейчас нет. Попробуйте завтра.',
    check: 'Проверьте, пожалуйста, поля:',
    files: 'Файлы',
    trap: 'Не заполняйте это поле',
    errors: {
      required: 'Заполните это поле.',
      email: 'Это не похоже на адрес e-mail.',
      phone: 'Это не похоже на номер телефона.',
      choice: 'Выберите один из вариантов.',
      too_long: 'Слишком длинно.',
      consent: 'Без согласия мы не сможем принять обращение.',
      slot: 'Выберите время из списка.',
      too_fast: 'Форма заполнена слишком быстро. Нажмите «Отправить» ещё раз.',
      too_old: 'Страница была открыта слишком долго. Нажмите «Отправить» ещё раз.',
      too_many: 'Слишком много отправок подряд. Подождите минуту и попробуйте снова.',
      not_stored: 'Сейчас принять не получилось. Подождите немного и нажмите «Отправить» ещё раз.',
      files: 'Не больше 5 файлов и 20 МБ вместе.',
    },
  },
  en: {
    send: 'Send',
    sent: 'Thank you! We have your request and will answer soon.',
    sentTitle: 'Sent',
    required: 'required',
    choose: 'Choose',
    slot: 'When to call you',
    zone: (name: string) => `Time zone: ${name}.`,
    noSlots: 'There is no free time for a call now. Please try tomorrow.',
    check: 'Please check these fields:',
    files: 'Files',
    trap: 'Leave this field empty',
    errors: {
      required: 'Please fill in this field.',
      email: 'This does not look like an e-mail address.',
      phone: 'This does not look like a phone number.',
      choice: 'Choose one of the options.',
      too_long: 'This is too long.',
      consent: 'Without your consent we cannot take the request.',
      slot: 'Choose a time from the list.',
      too_fast: 'The form was filled in too fast. Press Send once more.',
      too_old: 'The page stood open for too long. Press Send once more.',
      too_many: 'Too many requests in a row. Wait a minute and try again.',
      not_stored: 'It could not be taken just now. Wait a little and press Send once more.',
      files: 'At most 5 files and 20 MB together.',
    },
  },
} as const

export type FormErrorCode = keyof (typeof formTexts)['ru']['errors']

/** What a visitor reads in place of a form, by what stands in the way. */
export const problemTexts = {
  ru: {
    unknown: {
      title: 'Такой формы нет',
      text: 'Возможно, ссылка устарела или в ней опечатка. Откройте форму ещё раз с сайта, на котором вы её нашли.',
    },
    elsewhere: {
      title: 'Здесь эта форма не работает',
      text: 'Её можно отправить только с сайта компании.',
    },
    failed: { title: 'Не получилось', text: 'Вернитесь назад и попробуйте ещё раз.' },
  },
  en: {
    unknown: {
      title: 'There is no such form',
      text: 'The link may be old, or mistyped. Open the form again from the site where you found it.',
    },
    elsewhere: {
      title: 'This form does not work here',
      text: 'It can only be sent from the company’s own site.',
    },
    failed: { title: 'It did not work', text: 'Go back and try again.' },
  },
} as const
