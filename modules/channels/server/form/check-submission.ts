import { parsePhoneNumberFromString } from 'libphonenumber-js'
import { z } from 'zod'
import type { FormField } from '../../contract/index.ts'
import { type FormConfig, fieldsOf, titleOf } from '../adapters/form/config.ts'
import type { Submission } from '../adapters/form/submission.ts'
import { callbackSlots } from './callback-slots.ts'
import type { FormErrorCode } from './form-texts.ts'

/** What was posted, by name; several values of one name are joined. */
export type Posted = Readonly<Record<string, string>>

export interface FieldError {
  readonly key: string
  readonly code: FormErrorCode
}

const MAX_LENGTH = { text: 500, email: 254, phone: 40, textarea: 20_000, choice: 500 }

/** A field's answer as it was posted, without spaces around it. */
export const answerTo = (posted: Posted, key: string): string => (posted[key] ?? '').trim()

/** Consent and slot have names that no field of a form can have; the plain ones are for those who post by program. */
export const specialValue = (config: FormConfig, posted: Posted, name: 'consent' | 'slot'): string =>
  answerTo(posted, `_${name}`) || (fieldsOf(config).some(({ key }) => key === name) ? '' : answerTo(posted, name))

/** Checks what was posted against the form. Pure: slots are those offered at `now`. */
export function checkSubmission(
  config: FormConfig,
  posted: Posted,
  now: Date,
): { errors: FieldError[]; submission: Omit<Submission, 'id' | 'files' | 'page'> } {
  const errors: FieldError[] = []
  const answers = fieldsOf(config).map((field) => {
    const value = answerTo(posted, field.key)
    const code = problemOf(field, value)
    if (code) errors.push({ key: field.key, code })
    const { key, label, type, fills } = field
    return { key, label, type, value, ...(fills ? { fills } : {}) }
  })
  const chosen = Date.parse(specialValue(config, posted, 'slot'))
  const slot =
    config.type === 'callback' ? callbackSlots(config, now).find(({ from }) => Date.parse(from) === chosen) : undefined
  if (config.type === 'callback' && !slot) errors.push({ key: '_slot', code: 'slot' })

  const { consent } = config
  const isAgreed = /^(1|true|on|yes)$/i.test(specialValue(config, posted, 'consent'))
  if (consent?.required && !isAgreed) errors.push({ key: '_consent', code: 'consent' })

  return {
    errors,
    submission: {
      title: titleOf(config),
      answers,
      ...(consent && isAgreed
        ? { consent: { purpose: consent.purpose, text: consent.text, version: consent.version } }
        : {}),
      ...(slot ? { slot } : {}),
    },
  }
}

function problemOf({ type, required, choices }: FormField, value: string): FormErrorCode | undefined {
  if (value === '') return required ? 'required' : undefined
  if (value.length > MAX_LENGTH[type]) return 'too_long'
  if (type === 'email' && !z.email().safeParse(value).success) return 'email'
  if (type === 'phone' && !parsePhoneNumberFromString(value, 'RU')?.isPossible()) return 'phone'
  if (type === 'choice' && !choices.includes(value)) return 'choice'
  return undefined
}
