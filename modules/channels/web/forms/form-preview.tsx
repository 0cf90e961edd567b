import { Text } from '@mantine/core'
import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import type { FormField } from '#modules/channels/contract'
import classes from './form-builder.module.css'
import type { FormDraft } from './form-config.ts'
import look from './form-preview.module.css'

/** How the form looks with what is typed now, saved or not. Nothing in it can be filled in. */
export function FormPreview({ draft }: { draft: FormDraft }) {
  const { t } = useTranslation()
  // The form speaks its own language, whichever the window speaks.
  const words = WORDS[draft.locale]
  return (
    <aside className={classes.side} aria-label={t('channels.forms.preview')}>
      <Text fz="sm" fw={600} mb="xs">
        {t('channels.forms.preview')}
      </Text>
      <div
        className={look.form}
        lang={draft.locale}
        inert
        style={{ '--form-accent': draft.accent, '--form-on-accent': readableOn(draft.accent) } as CSSProperties}
      >
        <h2>{draft.title || words.titles[draft.type]}</h2>
        {draft.fields.map((field) => (
          <Field key={field.key} field={field} words={words} />
        ))}
        {draft.type === 'callback' && (
          <div className={look.field}>
            <div className={look.label}>{words.slot}</div>
            <div className={look.box}>
              {words.choose} <span aria-hidden>▾</span>
            </div>
            <div className={look.hint}>{slotHint(draft, draft.locale)}</div>
          </div>
        )}
        {draft.consent && (
          <div className={look.consent}>
            <span className={look.tick} aria-hidden />
            <span>{draft.consent.text}</span>
          </div>
        )}
        <div className={look.button}>{words.send}</div>
      </div>
    </aside>
  )
}

function Field({ field, words }: { field: FormField; words: (typeof WORDS)['ru'] }) {
  return (
    <div className={look.field}>
      <div className={look.label}>
        {field.label} {field.required && <span className={look.hint}>{words.required}</span>}
      </div>
      <div className={look.box} data-long={field.type === 'textarea'}>
        {field.type === 'choice' ? `${words.choose} ▾` : ''}
      </div>
    </div>
  )
}

/** Black or white, whichever stands out more, by the weights of WCAG's luminance. */
function readableOn(colour: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(
    (at) => (Number.parseInt(colour.slice(at, at + 2), 16) / 255) ** 2.2,
  )
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18 ? '#000' : '#fff'
}

const slotHint = ({ slots }: FormDraft, locale: string) =>
  `${slots.weekdays
    .map((day) =>
      new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(new Date(Date.UTC(2024, 0, day))),
    )
    .join(', ')} · ${slots.from}–${slots.to} · ${slots.timeZone}`

/** The hosted page's own words. */
const WORDS = {
  ru: {
    titles: { request: 'Напишите нам', callback: 'Заказать звонок' },
    slot: 'Когда позвонить',
    choose: 'Выберите',
    required: '(обязательно)',
    send: 'Отправить',
  },
  en: {
    titles: { request: 'Write to us', callback: 'Ask for a call' },
    slot: 'When to call',
    choose: 'Choose',
    required: '(required)',
    send: 'Send',
  },
}
