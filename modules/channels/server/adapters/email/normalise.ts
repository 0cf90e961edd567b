import { createHash } from 'node:crypto'
import type { Attachment } from 'postal-mime'
import {
  type ChannelFact,
  type FileRef,
  type MessageFact,
  type ProviderMessageId,
  type RawInput,
  type Sender,
  Unreadable,
} from '../../channel-adapter.ts'
import { authenticationOf } from './authentication-results.ts'
import { automaticKind, isUnattended } from './automatic.ts'
import { type Bounce, readBounce } from './bounce.ts'
import { isOurs, messageIdsIn } from './message-id.ts'
import { type Mail, parseMail, partText, plainText } from './parse-mail.ts'
import { type Split, splitHtmlReply, splitReply } from './quoted-text.ts'
import { threadsOf } from './threading.ts'

/** What `normalise` must know of the account. */
export interface OwnAddress {
  readonly address: string
  readonly key: Uint8Array
}

/** Mail older than this has a wrong date: the first mail between two machines was sent in 1971, real archives begin later. */
const EARLIEST = Date.UTC(1990, 0, 1)
const DAY_MS = 86_400_000
const MAX_PARTICIPANTS = 100
/** Characters; RFC 5322 hopes for 78, machines write 1000. */
const MAX_SUBJECT = 2000

/**
 * Facts of one mail. Pure. A message for mail of people and machines; a delivery for a bounce, and both when the bounce does not say
 * which message of ours it is about; nothing for our own messages seen again (a copy in the sent folder).
 * @throws Unreadable when there are no bytes at all: any other mail, however broken, gives a fact.
 */
export async function normaliseMail(raw: RawInput, own: OwnAddress): Promise<ChannelFact[]> {
  if (!raw.body.some((byte) => byte > 0x20)) throw new Unreadable('the mail is empty')
  const mail = await parseMail(raw.body)
  const id = messageIdsIn(mail.header('message-id'))[0] ?? hashId(raw.body)
  if (isOurs(id, own.key)) return []

  const isOut = raw.headers['imap-folder'] === 'sent'
  const bounce = isOut ? null : readBounce(mail, raw.headers['envelope-from'])
  const facts: ChannelFact[] = bounce?.original ? [deliveryFact(bounce, bounce.original)] : []
  const isKnown = bounce?.original !== undefined && isOurs(bounce.original, own.key)
  if (isKnown) return facts
  return [...facts, messageFact({ raw, mail, id, own, isOut, isBounce: bounce !== null && bounce.state === 'failed' })]
}

const hashId = (bytes: Uint8Array): ProviderMessageId => `sha256:${createHash('sha256').update(bytes).digest('hex')}`

function deliveryFact(bounce: Bounce, id: ProviderMessageId): ChannelFact {
  if (bounce.state !== 'failed') return { type: 'delivery', id, state: bounce.state }
  const who = bounce.recipients[0] && !bounce.reason.includes(bounce.recipients[0]) ? `${bounce.recipients[0]}: ` : ''
  return { type: 'delivery', id, state: 'failed', reason: who + bounce.reason, temporary: bounce.temporary }
}

function messageFact(of: {
  raw: RawInput
  mail: Mail
  id: string
  own: OwnAddress
  isOut: boolean
  isBounce: boolean
}): MessageFact {
  const { raw, mail, id, own, isOut } = of
  const recipients = [...mail.addresses('to'), ...mail.addresses('cc')]
  const delivered = ['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'x-forwarded-to'].flatMap(
    (name) => mail.addresses(name),
  )
  const envelope = (raw.headers['envelope-to'] ?? '').split(',').map((address) => address.trim())
  const split = of.isBounce ? { text: mail.text.trim() || splitBody(mail).text } : splitBody(mail)
  const authentication = authenticationOf(mail, raw.headers['okno-auth'])
  const automatic = isOut ? undefined : of.isBounce ? 'bounce' : automaticKind(mail, own)
  const subject = mail.header('subject').slice(0, MAX_SUBJECT).replace(/\s+/g, ' ').trim().toWellFormed()
  return {
    type: 'message',
    id,
    ...threadsOf({
      recipients: [...[...recipients, ...delivered].map((one) => one.address), ...envelope],
      inReplyTo: mail.header('in-reply-to'),
      references: mail.headers('references').join(' '),
      own: id,
      key: own.key,
    }),
    direction: isOut ? 'out' : 'in',
    from: senderOf(mail, raw, own, authentication !== 'fail'),
    to: recipients.slice(0, MAX_PARTICIPANTS).map(({ address, name }) => ({ address, ...(name ? { name } : {}) })),
    sentAt: sentAt(mail, raw.receivedAt),
    ...(subject ? { subject } : {}),
    text: split.text,
    ...(split.quoted ? { quoted: split.quoted } : {}),
    ...(mail.html ? { html: mail.html } : {}),
    files: mail.parts.map(fileOf),
    ...(automatic ? { automatic } : {}),
    ...(authentication === 'fail' ? { context: { authentication } } : {}),
  }
}

/** A form on the company's own site writes from the company's address and puts the customer into Reply-To. */
function senderOf(mail: Mail, raw: RawInput, own: OwnAddress, proven: boolean): Sender {
  const fallback = /[^\s<>@]+@[^\s<>@]+/.exec(raw.headers['envelope-from'] ?? '')?.[0]?.toLowerCase()
  const from = mail.addresses('from')[0] ?? mail.addresses('sender')[0] ?? mail.addresses('return-path')[0]
  const writer = from ?? (fallback ? { address: fallback, name: '' } : undefined)
  const answerTo = mail.addresses('reply-to').find((one) => one.address !== own.address.toLowerCase())
  // Nobody is known by this address: .invalid is reserved for that (RFC 2606).
  if (!writer) return answerTo ? personOf(answerTo, false) : { address: 'unknown@sender.invalid', identities: [] }
  if (!answerTo || answerTo.address === writer.address) return personOf(writer, proven)

  const isRelayed = isUnattended(writer.address) || writer.address === own.address.toLowerCase()
  if (isRelayed) return personOf({ ...answerTo, name: answerTo.name || writer.name }, false)
  const person = personOf(writer, proven)
  return {
    ...person,
    address: answerTo.address,
    identities: [...person.identities, ...personOf(answerTo, false).identities],
  }
}

const personOf = (one: { address: string; name: string }, proven: boolean): Sender => ({
  address: one.address,
  ...(one.name && one.name !== one.address ? { name: one.name } : {}),
  identities: [{ kind: 'email', value: one.address, proven }],
})

function sentAt(mail: Mail, receivedAt: Date): Date {
  const date = new Date(
    mail
      .header('date')
      .replace(/\([^)]*\)/g, ' ')
      .trim(),
  )
  const isSane = date.getTime() > EARLIEST && date.getTime() < receivedAt.getTime() + DAY_MS
  return isSane ? date : receivedAt
}

/** The plain text is nearer to what was typed; HTML helps where it is missing, a mere note, or marks no quote. */
function splitBody(mail: Mail): Split {
  const plain = splitReply(mail.text.replace(/\[cid:[^\]\s]{1,300}\]/g, ''))
  if (mail.html === '') return plain
  if (plain.quoted !== undefined && plain.text.length > 1) return plain
  const rich = splitHtmlReply(mail.html)
  if (rich.text === '') return plain
  const isNote = plain.text.length < rich.text.length / 5
  const marksMore = rich.quoted !== undefined && rich.text.length < plain.text.length
  return plain.text === '' || isNote || marksMore ? rich : plain
}

function fileOf(part: Attachment): FileRef {
  const content =
    typeof part.content === 'string' ? new TextEncoder().encode(part.content) : new Uint8Array(part.content)
  const contentId = part.contentId?.replace(/^\s*<|>\s*$/g, '').trim()
  return {
    name: fileName(part),
    mime: /^[\w.+-]+\/[\w.+-]+$/.test(part.mimeType) ? part.mimeType : 'application/octet-stream',
    sizeBytes: content.byteLength,
    content,
    ...(contentId ? { contentId } : {}),
    inline: contentId !== undefined && contentId !== '' && part.disposition !== 'attachment',
  }
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  'text/calendar': 'invite.ics',
  'application/ics': 'invite.ics',
  'application/pkcs7-signature': 'smime.p7s',
  'application/x-pkcs7-signature': 'smime.p7s',
  'application/pkcs7-mime': 'smime.p7m',
  'application/x-pkcs7-mime': 'smime.p7m',
  'application/pgp-signature': 'signature.asc',
  'message/delivery-status': 'delivery-status.txt',
  'text/rfc822-headers': 'headers.txt',
  'application/pdf': 'document.pdf',
}

function fileName(part: Attachment): string {
  const given = plainText(part.filename ?? '')
    .split(/[/\\]/)
    .at(-1)
    ?.replace(/[\r\n\t]/g, ' ')
    .trim()
  if (given) return given.slice(-200).toWellFormed()
  if (part.mimeType === 'message/rfc822') {
    const subject = /^subject[ \t]*:[ \t]*([^\r\n]{1,100})/im.exec(partText(part).slice(0, 20_000))?.[1]
    return `${/^[\w .,()-]+$/.test(subject ?? '') ? subject : 'message'}.eml`
  }
  const image = /^image\/(\w{1,8})/.exec(part.mimeType)?.[1]
  return EXTENSIONS[part.mimeType] ?? (image ? `image.${image}` : 'attachment.bin')
}
