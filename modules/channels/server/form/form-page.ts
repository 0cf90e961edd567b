import type { FormField } from '../../contract/index.ts'
import { type FormConfig, fieldsOf, titleOf } from '../adapters/form/config.ts'
import { callbackSlots } from './callback-slots.ts'
import { answerTo, type FieldError, type Posted, specialValue } from './check-submission.ts'
import { formTexts, problemTexts } from './form-texts.ts'

/** What the page carries besides the fields: its own id (repeats are one) and the signed moment at which it was opened. */
export interface PageMarks {
  readonly id: string
  readonly started: string
  readonly page: string
}

/** Name of the field that only programs fill in. */
export const TRAP = '_website'

/** The form as a page that works without JavaScript. Everything that somebody wrote is escaped. */
export function formPage(of: {
  key: string
  config: FormConfig
  posted: Posted
  errors: readonly FieldError[]
  marks: PageMarks
  now: Date
}): string {
  const { key, config, posted, errors, marks } = of
  const t = formTexts[config.locale]
  const fields = fieldsOf(config).map((field) => fieldHtml(field, answerTo(posted, field.key), errors, t))
  const body = `
    <h1>${escapeHtml(titleOf(config))}</h1>
    ${summary(config, errors)}
    <form method="post" action="/f/${escapeHtml(key)}" enctype="multipart/form-data" novalidate>
      ${fields.join('\n')}
      ${config.type === 'callback' ? slotHtml(config, posted, errors, of.now) : ''}
      ${consentHtml(config, posted, errors)}
      <div class="trap" aria-hidden="true"><label>${t.trap}<input name="${TRAP}" tabindex="-1" autocomplete="off"></label></div>
      <input type="hidden" name="_id" value="${escapeHtml(marks.id)}">
      <input type="hidden" name="_started" value="${escapeHtml(marks.started)}">
      <input type="hidden" name="_page" value="${escapeHtml(marks.page)}">
      <button type="submit">${t.send}</button>
    </form>`
  return document({ ...filesOf(key), locale: config.locale, title: titleOf(config), body })
}

export function sentPage(key: string, config: FormConfig): string {
  const t = formTexts[config.locale]
  const text = escapeHtml(config.successText || t.sent).replaceAll('\n', '<br>')
  const body = `<p class="sent" role="status">${text}</p>`
  return document({ ...filesOf(key), locale: config.locale, title: t.sentTitle, body })
}

/** In place of a form that cannot be shown or taken: what is wrong, in words. */
export function problemPage(status: number, locale: 'ru' | 'en'): string {
  const kind = status === 404 ? 'unknown' : status === 403 ? 'elsewhere' : 'failed'
  const { title, text } = problemTexts[locale][kind]
  return document({ style: PROBLEM_STYLE, locale, title, body: `<h1>${title}</h1><p>${text}</p>` })
}

/** Address of the style of pages that are no company's. */
export const PROBLEM_STYLE = '/f/form.css'

const filesOf = (key: string) => ({ style: `/f/${escapeHtml(key)}/form.css`, script: `/f/${escapeHtml(key)}/form.js` })

function document(of: { style: string; script?: string; locale: 'ru' | 'en'; title: string; body: string }): string {
  return `<!doctype html>
<html lang="${of.locale}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="referrer" content="no-referrer">
    <title>${escapeHtml(of.title)}</title>
    <link rel="stylesheet" href="${of.style}">${of.script ? `\n    <script src="${of.script}" defer></script>` : ''}
  </head>
  <body><main>${of.body}
  </main></body>
</html>
`
}

type Texts = (typeof formTexts)['ru' | 'en']

function summary(config: FormConfig, errors: readonly FieldError[]): string {
  if (errors.length === 0) return ''
  const t = formTexts[config.locale]
  const labels = new Map(fieldsOf(config).map(({ key, label }) => [key, label]))
  const items = errors.map(({ key, code }) => {
    const label = labels.get(key)
    const text = `${label ? `${escapeHtml(label)}: ` : ''}${t.errors[code]}`
    return `<li>${key === '' ? text : `<a href="#f-${escapeHtml(key)}">${text}</a>`}</li>`
  })
  const check = errors.some(({ key }) => key !== '') ? `<p>${t.check}</p>` : ''
  return `<div class="errors" role="alert">${check}<ul>${items.join('')}</ul></div>`
}

function fieldHtml(field: FormField, value: string, errors: readonly FieldError[], t: Texts): string {
  const { key, type, required } = field
  const error = errors.find((one) => one.key === key)
  const id = `f-${key}`
  const marks = `id="${id}" name="${key}"${required ? ' required' : ''}${invalid(error, id)}`
  return wrap({ id, label: field.label, required, error, t }, control())

  function control(): string {
    if (type === 'textarea') return `<textarea ${marks} rows="5">${escapeHtml(value)}</textarea>`
    if (type === 'choice') {
      const options = field.choices.map(
        (choice) => `<option${choice === value ? ' selected' : ''}>${escapeHtml(choice)}</option>`,
      )
      return `<select ${marks}><option value="">${t.choose}</option>${options.join('')}</select>`
    }
    const kind = type === 'phone' ? 'tel' : type
    return `<input type="${kind}" ${marks}${autocomplete(field)} value="${escapeHtml(value)}">`
  }
}

const AUTOCOMPLETE: Partial<Record<string, string>> = {
  name: 'name',
  firstName: 'given-name',
  lastName: 'family-name',
  email: 'email',
  phone: 'tel',
  company: 'organization',
  city: 'address-level2',
}
const autocomplete = ({ fills }: FormField): string => {
  const token = AUTOCOMPLETE[fills ?? '']
  return token ? ` autocomplete="${token}"` : ''
}

function slotHtml(config: FormConfig, posted: Posted, errors: readonly FieldError[], now: Date): string {
  const t = formTexts[config.locale]
  const slots = callbackSlots(config, now)
  if (slots.length === 0) return `<p class="note">${t.noSlots}</p>`
  const error = errors.find((one) => one.key === '_slot')
  const chosen = specialValue(config, posted, 'slot')
  const options = slots.map(
    ({ from, words }) => `<option value="${from}"${from === chosen ? ' selected' : ''}>${escapeHtml(words)}</option>`,
  )
  const control = `<select id="f-_slot" name="_slot" required${invalid(error, 'f-_slot')}>
      <option value="">${t.choose}</option>${options.join('')}</select><p class="note">${escapeHtml(t.zone(zoneName(config, now)))}</p>`
  return wrap({ id: 'f-_slot', label: t.slot, required: true, error, t }, control)
}

/** The zone in words: «Москва, стандартное время». */
const zoneName = ({ slots: { timeZone }, locale }: FormConfig, now: Date): string =>
  new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'long' })
    .formatToParts(now)
    .find(({ type }) => type === 'timeZoneName')?.value ?? timeZone

function consentHtml(config: FormConfig, posted: Posted, errors: readonly FieldError[]): string {
  if (!config.consent) return ''
  const t = formTexts[config.locale]
  const error = errors.find((one) => one.key === '_consent')
  const isChecked = specialValue(config, posted, 'consent') !== ''
  return `<div class="field consent">
      <input type="checkbox" id="f-_consent" name="_consent" value="1"${isChecked ? ' checked' : ''}${invalid(error, 'f-_consent')}>
      <label for="f-_consent">${escapeHtml(config.consent.text).replaceAll('\n', '<br>')}</label>
      ${errorHtml('f-_consent', error, t)}
    </div>`
}

function wrap(
  of: { id: string; label: string; required: boolean; error: FieldError | undefined; t: Texts },
  control: string,
): string {
  const star = of.required ? ` <span class="required">(${of.t.required})</span>` : ''
  return `<div class="field"><label for="${of.id}">${escapeHtml(of.label)}${star}</label>
      ${control}
      ${errorHtml(of.id, of.error, of.t)}
    </div>`
}

const invalid = (error: FieldError | undefined, id: string): string =>
  error ? ` aria-invalid="true" aria-describedby="${id}-error"` : ''

const errorHtml = (id: string, error: FieldError | undefined, t: Texts): string =>
  error ? `<p class="error" id="${id}-error">${t.errors[error.code]}</p>` : ''

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
