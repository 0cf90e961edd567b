import type { ProviderMessageId } from '../../channel-adapter.ts'
import { htmlToText } from './html-text.ts'
import { messageIdsIn } from './message-id.ts'
import { type Mail, partText } from './parse-mail.ts'

/** What a report of a mail server says about one message of ours. */
export interface Bounce {
  readonly state: 'failed' | 'delivered' | 'read'
  /** Message-ID of the mail that came back; undefined when the report does not tell. */
  readonly original: ProviderMessageId | undefined
  readonly recipients: readonly string[]
  /** What the server said, on one line. */
  readonly reason: string
  /** True for a warning: the server goes on trying. */
  readonly temporary: boolean
}

/** Reads a delivery report in the standard form (RFC 3464) or in the words of a mail server; null for any other mail. */
export function readBounce(mail: Mail, envelopeFrom: string | undefined): Bounce | null {
  if (/report-type\s*=\s*"?disposition-notification/i.test(mail.header('content-type'))) return readReceipt(mail)
  const isFromDaemon = isDaemon(mail) || envelopeFrom === '' || /^<\s*>$/.test(mail.header('return-path'))
  const status = mail.parts.find((part) => /^message\/(global-)?delivery-status$/.test(part.mimeType))
  const isReport = /^multipart\/report/i.test(mail.header('content-type'))
  if (status && (isReport || isFromDaemon)) {
    if (isChallenge(partText(status))) return null
    const standard = readStatus(mail, partText(status))
    if (standard) return standard
  }
  return readNotice(mail, isFromDaemon || isReport, isReport)
}

/** A read receipt (RFC 8098). */
function readReceipt(mail: Mail): Bounce | null {
  const part = mail.parts.find((one) => one.mimeType === 'message/disposition-notification')
  const fields = part ? partText(part) : ''
  const original = messageIdsIn(field(fields, 'original-message-id'))[0]
  if (!original || !/displayed/i.test(field(fields, 'disposition'))) return null
  return { state: 'read', original, recipients: [], reason: '', temporary: false }
}

function readStatus(mail: Mail, report: string): Bounce | null {
  // The first group speaks of the message, the others of one recipient each.
  const groups = report.replace(/\r/g, '').split(/\n\s*\n/)
  const recipients = groups.filter((group) => /^(final|original)-recipient[ \t]*:/im.test(group))
  if (recipients.length === 0) return null
  const actions = recipients.map((group) => field(group, 'action').toLowerCase())
  const bad = recipients.filter((_, i) => !/^(delivered|relayed|expanded)/.test(actions[i] ?? ''))
  const original = originalId(mail, messageIdsIn(field(report, 'x-original-message-id'))[0])
  if (bad.length === 0)
    return { state: 'delivered', original, recipients: recipients.map(recipientOf), reason: '', temporary: false }
  const first = bad[0] ?? ''
  const temporary =
    bad.every((group) => /^delayed/i.test(field(group, 'action'))) || (isDelay(mail) && !bad.some(isFailed))
  return {
    state: 'failed',
    original,
    recipients: [...new Set(bad.map(recipientOf).filter((address) => address !== ''))],
    reason: oneLine(
      field(first, 'diagnostic-code').replace(/^\s*[\w-]+\s*;\s*/, '') ||
        noticeReason(splitNotice(mail).notice, recipientOf(first)) ||
        field(first, 'status'),
    ),
    temporary,
  }
}

const isFailed = (group: string): boolean => /^failed/i.test(field(group, 'action'))

const recipientOf = (group: string): string => {
  // The address that we wrote to comes first: the final one is where somebody forwarded it.
  const values = [field(group, 'original-recipient'), field(group, 'final-recipient')].map((value) =>
    value.replace(/^.*;/, ''),
  )
  const odd = values.find((value) => value.includes('@'))?.trim() ?? ''
  return values.map((value) => ADDRESS.exec(value)?.[0] ?? '').find((address) => address !== '') ?? odd
}

const field = (fields: string, name: string): string =>
  (new RegExp(`^${name}[ \\t]*:((?:[^\\n]|\\n[ \\t]){0,2000})`, 'im').exec(fields)?.[1] ?? '')
    .replace(/\s+/g, ' ')
    .trim()

/** Begins only where a run of such characters does, and ends at the lengths of RFC 5321: a long run is looked at once. */
const ADDRESS = /(?<![\w.!#$%&'*+/=?^`{|}~-])[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}/

const isDaemon = (mail: Mail): boolean => {
  const from = mail.header('from')
  return /mailer[._-]?daemon|postmaster@|mail[ -]?(delivery|system)|delivery (subsystem|system|status)|<>|microsoftexchange|internet mail (delivery|service)|mta@|bounce(s)?@/i.test(
    from,
  )
}

const BOUNCE_SUBJECT =
  /undeliver|un(able|successful).{0,20}deliver|deliver(y|ing)?.{0,30}(fail|error|problem|delay|status|impossible|notification)|fail(ed|ure).{0,30}(deliver|notice|mail|send)|returned (mail|to sender|message|e-?mail)|mail (delivery )?(fail|error|warning|system error)|could not (be delivered|send)|not delivered|nondeliver|non-deliver|message (status|undeliver|rejected)|bounce|warning: (message|could not)|не(воз|уд|\s?)[\p{L}]{0,10}.{0,20}доставл|недоставлен|сообщение не доставлено|ошибка доставки|доставк[аи].{0,20}(не|ошиб)|не вдалося доставити|nachricht.{0,30}nicht|unzustellbar|zustellung|non remis|échec|remise|no se (puede|ha podido) entregar|devuelto|devolvid|falha|mancata consegna|niet bezorgd|onbestelbaar|niezwrócon|niedostarcz|zwrot|nedoručiteln|kézbesíthetetlen|退信|無法傳遞|无法投递|配信不能|배달 (실패|못)/iu

const BOUNCE_WORDS =
  /(could ?n[o']t|cannot|can't|was ?n[o']t|has not|unable to|failed to) (be )?(deliver|send|sent|reach)|did not reach|not (yet )?(been )?delivered|undeliver|(following|these) (address|recipient)|permanent (fatal )?error|fatal errors|delivery (to .{0,80})?(failed|has failed|was unsuccessful)|returned to sender|giving up|user unknown|unknown user|no such (user|mailbox|address|recipient)|not a valid user|does ?n[o']t exist|mailbox (is )?(unavailable|full|not found|disabled)|(over|exceed).{0,20}quota|quota.{0,20}(exceed|full)|address rejected|recipient (rejected|not found)|relay(ing)? (denied|not permitted)|account .{0,40}(disabled|not available|inactive)|message .{0,40}(rejected|refused|blocked)|\b5\d\d[ -]\d\.\d\.\d|не (может|мож|удалось|удается|было|был[ао]?|доставлен)[\p{L}\s]{0,20}(доставлен|доставить)?|недоставлен|адресат|ящик.{0,40}(не существует|переполнен|заблокирован|отключен)|nicht zugestellt|n'a pas pu être|no se pudo entregar|não foi (possível )?entreg|non è stato possibile/iu

const DELAY_WORDS =
  /will (be retried|keep trying|continue|try again|retry)|still (being |be )?(retried|trying|attempting)|(has been|is|was) (temporarily )?delayed|\bdelay(ed)?\b|temporary (error|failure|problem)|do not need to resend|warning message only|warning only|не требуется|попытк.{0,60}(будут|продолж)|временн.{0,20}(ошибк|проблем)|задерж/iu

const PERMANENT = /permanent(ly)?|(?<!non-)fatal|giving up|gave up/i

const isDelay = (mail: Mail): boolean =>
  /delay|warning|still|задерж|отлож|verzöger|retard/iu.test(mail.header('subject')) ||
  (/do not need to resend|warning (message )?only|still (being )?retried/i.test(mail.text.slice(0, 4000)) &&
    !PERMANENT.test(mail.text.slice(0, 4000)))

/** qmail, exim, sendmail, Exchange, Domino and the like, each in its own words. */
function readNotice(mail: Mail, isFromDaemon: boolean, isReport: boolean): Bounce | null {
  const failedRecipients = mail.header('x-failed-recipients')
  const { notice, returned } = splitNotice(mail)
  const subject = BOUNCE_SUBJECT.test(mail.header('subject'))
  const words = BOUNCE_WORDS.test(notice)
  const isNotice =
    failedRecipients !== '' || (isFromDaemon && words) || (isFromDaemon && subject && (returned !== '' || isReport))
  if (!isNotice || isChallenge(notice)) return null
  const delayed = DELAY_WORDS.test(notice) && !PERMANENT.test(notice)
  const recipients = noticeRecipients(failedRecipients, notice, mail)
  return {
    state: 'failed',
    original: originalId(mail, messageIdsIn(field(returned, 'message-id'))[0]),
    recipients,
    reason: oneLine(noticeReason(notice, recipients[0])),
    temporary: delayed || (isDelay(mail) && !PERMANENT.test(notice)),
  }
}

/** A service that asks the sender to prove that he is human: the mail waits, it did not fail. */
const isChallenge = (notice: string): boolean =>
  /(click|follow|visit).{0,60}link.{0,200}(allowed list|deliver|verify|approve)|protected by .{0,40}(verification|challenge)|(sender )?not pre-?approved|(requires?|awaiting) (sender )?confirmation|confirm (that you|this (mail )?server|your (address|message))/is.test(
    notice,
  )

const RETURNED_BELOW =
  /^[ \t>*]{0,20}(?:-{2,100}.{0,10}(?:below this line is a copy|this is a copy of|unsent message|original message|returned message|message header|copy of the message|исходное сообщение|текст письма).{0,60}|(?:message headers?|(?:the )?original message (?:follows|is|reads|headers?).{0,20}|included is a copy|your (?:original )?message (?:reads|follows)|заголовки (?:исходного )?(?:письма|сообщения)).{0,60}:?|original message:?)\s*$/im

/** The server's words, and our mail that it returns below them. */
function splitNotice(mail: Mail): { notice: string; returned: string } {
  const text = (mail.text || htmlToText(mail.html)).slice(0, 100_000)
  const part = mail.parts.find((one) =>
    /^(message\/(rfc822|global)|text\/rfc822-headers|message\/(rfc822|global)-headers)/.test(one.mimeType),
  )
  const below = RETURNED_BELOW.exec(text)
  const at = below?.index ?? /^(?:received|return-path|message-id)[ \t]*:.{0,200}$/im.exec(text)?.index ?? text.length
  return {
    notice: text.slice(0, at).slice(0, 20_000),
    returned: part ? partText(part).slice(0, 100_000) : text.slice(at),
  }
}

function originalId(mail: Mail, known?: ProviderMessageId): ProviderMessageId | undefined {
  if (known) return known
  const fromReturned = messageIdsIn(field(splitNotice(mail).returned, 'message-id'))[0]
  return fromReturned ?? messageIdsIn(mail.header('in-reply-to'))[0] ?? messageIdsIn(mail.header('references')).at(-1)
}

function noticeRecipients(failedRecipients: string, notice: string, mail: Mail): string[] {
  const listed = failedRecipients
    .split(',')
    .map((value) => ADDRESS.exec(value)?.[0] ?? '')
    .filter((address) => address !== '')
  if (listed.length > 0) return [...new Set(listed)]
  const own = new Set([...mail.addresses('to'), ...mail.addresses('from')].map((one) => one.address))
  const isOther = (address: string) =>
    !own.has(address.toLowerCase()) && !/^(postmaster|mailer-daemon|abuse)@/i.test(address)
  // Alone on its line, before a colon, in a server's answer: where servers put the address that failed.
  const patterns = [
    /^[ \t]{0,40}<?([^\s<>:;,"'()]+@[\w.-]+\w)>?\s*(?::|$|\s\(|\s+on\s|\.\.\.)/gim,
    /(?<![\p{L}\p{N}])(?:rcpt to|recipient|to|user|address|mailbox|for|адрес\p{L}*|получател\p{L}*|ящик\p{L}*)\s*(?:[:=]\s*)?[<["'(]*([^\s<>:;,"'()]+@[\w.-]+\w)/gimu,
    /(?<![^\s<>:;,"'()[\]])([^\s<>:;,"'()[\]]+@[\w.-]+\w)/gim,
  ]
  for (const pattern of patterns) {
    const found = [...notice.matchAll(pattern)].map((match) => match[1] ?? '').filter(isOther)
    if (found.length > 0) return [...new Set(found)].slice(0, 20)
  }
  return []
}

/** The line in which the server says why; the text below the address otherwise. */
function noticeReason(notice: string, recipient: string | undefined): string {
  const paragraphs = notice.replace(/\r/g, '').split(/\n\s*\n/)
  const withCode = paragraphs.find((paragraph) =>
    /\b[45]\d\d[ -](?:#?\d\.\d\.\d|\S)|\b#?[45]\.\d\.\d\b/.test(paragraph),
  )
  const withAddress = recipient ? paragraphs.find((paragraph) => paragraph.includes(recipient)) : undefined
  const withWords = paragraphs.find((paragraph) => BOUNCE_WORDS.test(paragraph))
  return withCode ?? withAddress ?? withWords ?? notice
}

const MAX_REASON = 300
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, MAX_REASON).toWellFormed()
