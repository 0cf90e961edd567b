import { z } from 'zod'
import { cardFields, type FormField, formFieldTypes, usualFields } from '../../../contract/index.ts'

const words = (max: number) => z.string().trim().max(max)

const field = z.object({
  /** Name in the posted data. */
  key: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
  label: words(200).min(1),
  type: z.enum(formFieldTypes).default('text'),
  required: z.boolean().default(false),
  choices: z.array(words(200).min(1)).max(50).default([]),
  /** Which field of the card it fills; shown in the message only when left out. */
  fills: z.enum(cardFields).optional(),
})

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** Settings of one form on the company's site. */
export const formConfig = z
  .strictObject({
    type: z.enum(['request', 'callback']).default('request'),
    locale: z.enum(['ru', 'en']).default('ru'),
    title: words(200).default(''),
    /** Empty = name, contact and, for a request, a message. */
    fields: z.array(field).max(30).default([]),
    consent: z
      .object({
        text: words(5000).min(1),
        /** Raise it with every change of the text: the ledger keeps what exactly was agreed to. */
        version: z.number().int().min(1).default(1),
        required: z.boolean().default(true),
        purpose: z
          .string()
          .regex(/^[a-z][a-z0-9_]{0,39}$/)
          .default('personal_data'),
      })
      .optional(),
    /** When a callback can be asked for. */
    slots: z
      .object({
        timeZone: z
          .string()
          .max(60)
          .refine(isTimeZone, 'must be a time zone such as Europe/Moscow')
          .default('Europe/Moscow'),
        /** 1 = Monday … 7 = Sunday. */
        weekdays: z.array(z.number().int().min(1).max(7)).min(1).max(7).default([1, 2, 3, 4, 5]),
        from: clock.default('09:00'),
        to: clock.default('18:00'),
        minutes: z.number().int().min(10).max(480).default(60),
        days: z.number().int().min(1).max(30).default(5),
      })
      .default({
        timeZone: 'Europe/Moscow',
        weekdays: [1, 2, 3, 4, 5],
        from: '09:00',
        to: '18:00',
        minutes: 60,
        days: 5,
      }),
    successText: words(1000).default(''),
    accent: z
      .string()
      .regex(/^#[0-9a-f]{6}$/i, 'must look like #1c7ed6')
      .default('#1c6dd0'),
    /** Sites that may show the form in a frame, such as `https://shop.example`; empty = any. */
    allowedOrigins: z
      .array(z.string().regex(/^https?:\/\/[^/\s;,]+$/i, 'must look like https://shop.example'))
      .max(100)
      .default([]),
  })
  .refine(({ fields }) => new Set(fields.map(({ key }) => key)).size === fields.length, {
    message: 'every key once',
    path: ['fields'],
  })
  .refine(({ fields }) => fields.every(({ type, choices }) => type !== 'choice' || choices.length > 0), {
    message: 'a choice needs choices',
    path: ['fields'],
  })
export type FormConfig = z.infer<typeof formConfig>

const TITLES = {
  ru: { request: 'Напишите нам', callback: 'Заказать звонок' },
  en: { request: 'Write to us', callback: 'Ask for a call' },
}

/** The title, or the usual one of its kind. */
export const titleOf = ({ title, locale, type }: FormConfig): string => title || TITLES[locale][type]

/** The fields, or the usual ones of its kind. */
export const fieldsOf = (config: FormConfig): FormField[] =>
  config.fields.length > 0 ? config.fields : usualFields(config)

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false // RangeError is how Intl says no
  }
}
