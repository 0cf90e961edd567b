const ru = {
  chat: 'Чат',
  title: 'Напишите нам',
  open: 'Открыть чат',
  close: 'Закрыть чат',
  unread: {
    one: '{n} новое сообщение',
    few: '{n} новых сообщения',
    many: '{n} новых сообщений',
    other: '{n} новых сообщений',
  },
  greeting: 'Здравствуйте! Чем можем помочь?',
  away: 'Сейчас никого нет на месте. Напишите — мы обязательно ответим.',
  here: '{names} на связи',
  hereNobodyNamed: 'Мы на связи',
  awayShort: 'Ответим, как только вернёмся',
  log: 'Переписка',
  write: 'Напишите сообщение',
  send: 'Отправить',
  attach: 'Приложить файл',
  removeFile: 'Убрать файл {name}',
  drop: 'Отпустите файл, чтобы приложить',
  uploading: 'Загружается…',
  retryUpload: 'Не загрузился. Повторить?',
  fileTooLarge: 'Файл «{name}» больше {size}.',
  fileType: 'Файлы такого вида («{name}») не принимаются.',
  tooManyFiles: 'К одному сообщению — не больше {n} файлов.',
  tooLong: 'Слишком длинно: лишних знаков — {n}.',
  sending: 'Отправляется…',
  waiting: 'Отправим, когда появится связь',
  sent: 'Отправлено',
  failed: 'Не отправлено.',
  retry: 'Повторить',
  offline: 'Нет связи. Пишите — отправим, когда она появится.',
  typing: '{name} печатает…',
  somebody: 'Сотрудник',
  you: 'Вы',
  older: 'Показать раньше',
  today: 'Сегодня',
  yesterday: 'Вчера',
  newMessages: 'Новые сообщения',
  emailAsk: 'Куда ответить, если вы закроете страницу?',
  emailAskAway: 'Сейчас никого нет на месте. Куда вам ответить?',
  emailLabel: 'Ваш e-mail',
  emailSave: 'Сохранить',
  emailLater: 'Не сейчас',
  emailWrong: 'Похоже, в адресе ошибка.',
  emailSaved: 'Если вас не будет на странице, ответим на {email}',
  privacy: 'Как мы храним данные',
}
export type Texts = typeof ru

const en: Texts = {
  chat: 'Chat',
  title: 'Chat with us',
  open: 'Open chat',
  close: 'Close chat',
  unread: { one: '{n} new message', few: '{n} new messages', many: '{n} new messages', other: '{n} new messages' },
  greeting: 'Hello! How can we help?',
  away: 'Nobody is here right now. Write to us and we will answer.',
  here: '{names} can answer now',
  hereNobodyNamed: 'We can answer now',
  awayShort: 'We will answer when we are back',
  log: 'Conversation',
  write: 'Write a message',
  send: 'Send',
  attach: 'Attach a file',
  removeFile: 'Remove the file {name}',
  drop: 'Drop the file to attach it',
  uploading: 'Uploading…',
  retryUpload: 'Not uploaded. Try again?',
  fileTooLarge: 'The file “{name}” is larger than {size}.',
  fileType: 'Files of this kind (“{name}”) are not accepted.',
  tooManyFiles: 'At most {n} files go with one message.',
  tooLong: 'Too long by {n} characters.',
  sending: 'Sending…',
  waiting: 'Will be sent when you are back online',
  sent: 'Sent',
  failed: 'Not sent.',
  retry: 'Try again',
  offline: 'You are offline. Keep writing: it will be sent when you are back.',
  typing: '{name} is typing…',
  somebody: 'Our team',
  you: 'You',
  older: 'Show earlier messages',
  today: 'Today',
  yesterday: 'Yesterday',
  newMessages: 'New messages',
  emailAsk: 'Where can we answer if you leave this page?',
  emailAskAway: 'Nobody is here right now. Where can we answer you?',
  emailLabel: 'Your e-mail',
  emailSave: 'Save',
  emailLater: 'Not now',
  emailWrong: 'This address does not look right.',
  emailSaved: 'If you leave the page, we will answer to {email}',
  privacy: 'How we keep your data',
}

export type Locale = 'ru' | 'en'

/** The language of the widget: the account's, else the script tag's, the page's, the browser's. */
export function chooseLocale(configured: 'auto' | Locale, wishes: readonly (string | undefined)[]): Locale {
  if (configured !== 'auto') return configured
  const wish = wishes.find((one) => one)?.toLowerCase() ?? 'en'
  return /^(ru|be|kk|ky)\b/.test(wish) ? 'ru' : 'en'
}

export const textsOf = (locale: Locale): Texts => (locale === 'ru' ? ru : en)

export const fill = (text: string, values: Record<string, string | number>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))

export function countOf(locale: Locale, forms: Texts['unread'], n: number): string {
  const rule = new Intl.PluralRules(locale).select(n)
  return fill(forms[rule === 'zero' || rule === 'two' ? 'other' : rule], { n })
}

/** Size of a file for people: whole kilobytes, or megabytes with one digit. */
export function sizeOf(locale: Locale, bytes: number): string {
  const isLarge = bytes >= 1024 * 1024
  const value = isLarge ? bytes / 1024 / 1024 : Math.max(1, Math.round(bytes / 1024))
  const unit = locale === 'ru' ? (isLarge ? 'МБ' : 'КБ') : isLarge ? 'MB' : 'KB'
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: isLarge ? 1 : 0 }).format(value)} ${unit}`
}
