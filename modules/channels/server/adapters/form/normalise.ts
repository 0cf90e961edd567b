import { parsePhoneNumberFromString } from 'libphonenumber-js'
import { type ChannelFact, type RawInput, type Sender, Unreadable } from '../../channel-adapter.ts'
import { type Submission, submission } from './submission.ts'

/** A submission to facts. Pure. Everything in it was typed by somebody, so it proves nothing. */
export function normalise(raw: RawInput): ChannelFact[] {
  const form = parse(raw)
  const { slot, consent, page } = form
  return [
    {
      type: 'message',
      id: form.id,
      threads: [form.id],
      direction: 'in',
      from: senderOf(form),
      to: [],
      sentAt: raw.receivedAt,
      ...(form.title ? { subject: form.title } : {}),
      text: textOf(form),
      files: form.files.map(({ name, mime, contentBase64 }) => {
        const content = new Uint8Array(Buffer.from(contentBase64, 'base64'))
        return { name, mime, sizeBytes: content.byteLength, content, inline: false }
      }),
      context: {
        ...(slot ? { callback_from: slot.from, callback_to: slot.to } : {}),
        ...(page ? { page } : {}),
      },
      ...(consent
        ? { consents: [{ purpose: consent.purpose, text: consent.text, textVersion: consent.version, source: 'form' }] }
        : {}),
    },
  ]
}

function parse(raw: RawInput): Submission {
  try {
    return submission.parse(JSON.parse(Buffer.from(raw.body).toString('utf8')))
  } catch (cause) {
    throw new Unreadable('This is not what a form of Okno hands over.', { cause })
  }
}

/** What the customer wrote in own words first, then the rest line by line. */
function textOf({ answers, slot }: Submission): string {
  const filled = answers.filter(({ value }) => value !== '')
  const prose = filled.filter(({ type }) => type === 'textarea').map(({ value }) => value)
  const lines = filled.filter(({ type }) => type !== 'textarea').map(({ label, value }) => `${label}: ${value}`)
  if (slot) lines.push(`☎ ${slot.words}`)
  return [...prose, lines.join('\n')].filter((part) => part !== '').join('\n\n')
}

function senderOf({ id, answers }: Submission): Sender {
  const filled = answers.filter(({ value }) => value !== '')
  const first = (fills: string, type?: string) =>
    filled.find((answer) => answer.fills === fills || (type !== undefined && answer.type === type))?.value
  const email = first('email', 'email')?.toLowerCase()
  const typedPhone = first('phone', 'phone')
  const phone = typedPhone ? (parsePhoneNumberFromString(typedPhone, 'RU')?.number ?? typedPhone) : undefined
  const name = first('name') ?? ([first('firstName'), first('lastName')].filter(Boolean).join(' ') || undefined)
  const claims = Object.fromEntries(
    filled.flatMap(({ fills, value }) => (fills && fills !== 'email' && fills !== 'phone' ? [[fills, value]] : [])),
  )
  return {
    // A form has no way back of its own; the id keeps two submissions of strangers apart.
    address: email ?? phone ?? id,
    ...(name ? { name } : {}),
    identities: [
      ...(email ? [{ kind: 'email' as const, value: email, proven: false }] : []),
      ...(phone ? [{ kind: 'phone' as const, value: phone, proven: false }] : []),
    ],
    claims,
  }
}
