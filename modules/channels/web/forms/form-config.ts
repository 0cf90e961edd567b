import { type FormField, usualFields } from '#modules/channels/contract'
import type { Config } from '../channels-api.ts'

export interface Slots {
  timeZone: string
  /** 1 = Monday … 7 = Sunday. */
  weekdays: number[]
  from: string
  to: string
  minutes: number
  days: number
}

/** Settings of a form with nothing left out. */
export interface FormDraft {
  type: 'request' | 'callback'
  locale: 'ru' | 'en'
  title: string
  fields: FormField[]
  consent: { text: string; version: number; required: boolean } | null
  slots: Slots
  successText: string
  accent: string
  allowedOrigins: string[]
}

const CONSENT = {
  ru: 'Согласен на обработку персональных данных, чтобы вы могли ответить.',
  en: 'I agree that my data is used to answer me.',
}

export const usualConsent = (locale: FormDraft['locale']): string => CONSENT[locale]

/** What the server presets where a field or a consent says nothing. */
const PLAIN = { type: 'text', required: false, choices: [] } as const satisfies Partial<FormField>
const PLAIN_CONSENT = { version: 1, required: true }

/** The stored settings with everything in its place; what was never set has its preset value. */
export function draftOf(config: Config | undefined, preset: { locale: 'ru' | 'en'; timeZone: string }): FormDraft {
  // The server keeps settings only after checking them against the schema of forms.
  const stored = (config ?? {}) as Partial<FormDraft>
  const type = stored.type ?? 'request'
  const locale = stored.locale ?? preset.locale
  const fields = (stored.fields ?? []).map((field) => ({ ...PLAIN, ...field }))
  return {
    type,
    locale,
    title: stored.title ?? '',
    fields: fields.length > 0 ? fields : usualFields({ type, locale }),
    consent:
      config === undefined
        ? { ...PLAIN_CONSENT, text: usualConsent(locale) }
        : stored.consent
          ? { ...PLAIN_CONSENT, ...stored.consent }
          : null,
    slots: {
      timeZone: preset.timeZone,
      weekdays: [1, 2, 3, 4, 5],
      from: '09:00',
      to: '18:00',
      minutes: 60,
      days: 5,
      ...stored.slots,
    },
    successText: stored.successText ?? '',
    accent: stored.accent ?? '#1c6dd0',
    allowedOrigins: stored.allowedOrigins ?? [],
  }
}

/** Another type or language: fields and consent that nobody touched follow it. */
export function retyped(draft: FormDraft, change: Partial<Pick<FormDraft, 'type' | 'locale'>>): FormDraft {
  const next = { ...draft, ...change }
  const isUsual = JSON.stringify(draft.fields) === JSON.stringify(usualFields(draft))
  const hasUsualConsent = draft.consent?.text === usualConsent(draft.locale)
  return {
    ...next,
    fields: isUsual ? usualFields(next) : draft.fields,
    consent: draft.consent && hasUsualConsent ? { ...draft.consent, text: usualConsent(next.locale) } : draft.consent,
  }
}

/** The version that a consent text is saved under: one more than the stored one whenever the words differ. */
export function versionOf(text: string, stored: { text: string; version: number } | null): number {
  if (!stored) return 1
  return stored.text.trim() === text.trim() ? stored.version : stored.version + 1
}

export function newField(fields: readonly FormField[], label: string): FormField {
  const taken = new Set(fields.map(({ key }) => key))
  let number = fields.length + 1
  while (taken.has(`field_${number}`)) number++
  return { key: `field_${number}`, label, type: 'text', required: false, choices: [] }
}

/** The list with one of its items a place further up (-1) or down (1). */
export function moved<Item>(items: readonly Item[], index: number, by: -1 | 1): Item[] {
  const item = items[index]
  const target = index + by
  if (item === undefined || target < 0 || target >= items.length) return [...items]
  return items.toSpliced(index, 1).toSpliced(target, 0, item)
}

/** Settings as they are sent. */
export function configOfDraft(draft: FormDraft, stored: FormDraft['consent']): Config {
  const { consent, slots, fields, ...rest } = draft
  return {
    ...rest,
    fields: fields.map(({ choices, fills, ...field }) => ({
      ...field,
      choices: field.type === 'choice' ? choices : [],
      ...(fills ? { fills } : {}),
    })),
    consent: consent && { ...consent, version: versionOf(consent.text, stored) },
    slots,
  }
}
