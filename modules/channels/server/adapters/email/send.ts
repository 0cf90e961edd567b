import type { Transporter } from 'nodemailer'
import {
  ChannelError,
  type ChannelIo,
  type OutgoingMessage,
  type ProviderMessageId,
  type ProviderThreadId,
} from '../../channel-adapter.ts'
import type { EmailConfig, MailServer } from './config.ts'
import { messageIdFor } from './message-id.ts'
import { replyAddress } from './reply-address.ts'
import { smtpError } from './smtp-error.ts'
import { threadOfToken } from './threading.ts'

/** Bytes of files in one message: most servers take 25 MB in all, and base64 makes files 37 % longer (see README.md). */
export const MAX_ATTACHMENT_BYTES = 18 * 1024 * 1024

const TIMEOUTS = {
  connectionTimeout: 20_000,
  greetingTimeout: 30_000,
  /** A server may take long to answer after the last byte: RFC 5321 section 4.5.3.2.6 asks for ten minutes. */
  socketTimeout: 600_000,
}

export interface MailSender {
  send(message: OutgoingMessage): Promise<{ id: ProviderMessageId; thread?: ProviderThreadId }>
  /** Signs in and out. @throws ChannelError with the server's words. */
  verify(): Promise<void>
  close(): void
}

/** Sends by one SMTP account over pooled connections that are opened on the first message. */
export function createSender(config: EmailConfig, io: ChannelIo, timeouts: Partial<typeof TIMEOUTS> = {}): MailSender {
  let pool: Promise<Pool> | undefined
  // Message-IDs whose last byte has left: until then no server may deliver the message (RFC 5321 section 4.1.1.4).
  const handedOver = new Set<string>()
  const connect = (): Promise<Pool> => {
    if (!config.smtp)
      throw new ChannelError('No outgoing mail server is set for this account.', 'not_configured', 'not_sent')
    pool ??= openPool(config.smtp, config.dkim, { ...TIMEOUTS, ...timeouts }, handedOver)
    return pool
  }
  return {
    async send(message) {
      const transport = await connect()
      const mail = compose(message, config, io.account.signingKey)
      try {
        await transport.sendMail(mail)
      } catch (error) {
        throw smtpError(error, handedOver.has(mail.messageId) ? 'unknown' : 'not_sent', [config.smtp?.password])
      } finally {
        handedOver.delete(mail.messageId)
      }
      const id = messageIdFor(message.id, { address: config.address, key: io.account.signingKey })
      return message.replyToken && mail.replyTo ? { id, thread: threadOfToken(message.replyToken) } : { id }
    },
    async verify() {
      try {
        await (await connect()).verify()
      } catch (error) {
        throw smtpError(error, 'not_sent', [config.smtp?.password])
      }
    },
    close() {
      void pool?.then((opened) => opened.close())
      pool = undefined
    },
  }
}

type Pool = Pick<Transporter, 'sendMail' | 'verify' | 'close'>

/** Three connections stay below the limits of all common providers; a message is never repeated behind our back. */
async function openPool(
  server: MailServer,
  dkim: EmailConfig['dkim'],
  timeouts: typeof TIMEOUTS,
  handedOver: Set<string>,
): Promise<Pool> {
  const { createTransport } = await import('nodemailer')
  const transport = createTransport({
    pool: true,
    host: server.host,
    port: server.port,
    secure: server.security === 'tls',
    requireTLS: server.security === 'starttls',
    ignoreTLS: server.security === 'none',
    ...(server.security === 'when_offered' ? { tls: { rejectUnauthorized: false } } : {}),
    ...(server.user ? { auth: { user: server.user, pass: server.password } } : {}),
    maxConnections: 3,
    maxRequeues: 0,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(dkim ? { dkim: { domainName: dkim.domain, keySelector: dkim.selector, privateKey: dkim.privateKey } } : {}),
    ...timeouts,
  })
  transport.use('stream', (mail, done) => {
    const create = mail.message.createReadStream.bind(mail.message)
    mail.message.createReadStream = (options) => {
      const stream = create(options)
      stream.once('end', () => handedOver.add(mail.data.messageId ?? ''))
      return stream
    }
    done()
  })
  return transport
}

function compose(message: OutgoingMessage, config: EmailConfig, key: Uint8Array) {
  const size = message.files.reduce((sum, file) => sum + file.content.byteLength, 0)
  if (size > MAX_ATTACHMENT_BYTES)
    throw refuse(`The files have ${size} bytes together; mail takes ${MAX_ATTACHMENT_BYTES}.`)
  if (!/^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+$/.test(message.to)) throw refuse('This is not a mail address.')
  const route = routeFor(config, key)
  const replyTo = message.replyToken && route ? replyAddress(route, message.replyToken) : null
  const name = oneLine(message.fromName ?? config.name ?? '')
  const ids = [...message.references, ...(message.inReplyTo ? [message.inReplyTo] : [])].filter(isMessageId)
  return {
    messageId: `<${messageIdFor(message.id, { address: config.address, key })}>`,
    from: { name, address: config.address },
    to: { name: oneLine(message.toName ?? ''), address: message.to },
    envelope: { from: config.address, to: [message.to] },
    subject: oneLine(message.subject ?? ''),
    ...(replyTo ? { replyTo: { name, address: replyTo } } : {}),
    ...(message.inReplyTo && isMessageId(message.inReplyTo) ? { inReplyTo: `<${message.inReplyTo}>` } : {}),
    ...(ids.length > 0 ? { references: shortened([...new Set(ids)]).map((id) => `<${id}>`) } : {}),
    headers: { 'Auto-Submitted': 'no' },
    text: withSignature(message.text, config.signature),
    ...(message.html ? { html: withHtmlSignature(message.html, config.signature) } : {}),
    attachments: message.files.map((file) => ({
      filename: oneLine(file.name) || 'file',
      contentType: /^[\w.+-]+\/[\w.+-]+$/.test(file.mime) ? file.mime : 'application/octet-stream',
      content: Buffer.from(file.content),
      ...(file.contentId && isMessageId(file.contentId) ? { cid: file.contentId } : {}),
    })),
  }
}

function routeFor(config: EmailConfig, key: Uint8Array) {
  const isOn = config.replyDomain !== undefined || (config.plusAddressing ?? config.imap === undefined)
  return isOn ? { address: config.address, replyDomain: config.replyDomain, key } : null
}

const refuse = (message: string): ChannelError => new ChannelError(message, 'rejected', 'not_sent')

/** Line breaks would begin a header of the sender's choice. */
const oneLine = (value: string): string => value.replace(/\p{Cc}+/gu, ' ').trim()

/** Ids that we made up for mail without one, and anything that could break out of the header, stay out. */
const isMessageId = (id: string): boolean => /^[^\s<>\p{Cc}]{1,900}$/u.test(id) && !id.startsWith('sha256:')

/** Keeps the header short as RFC 5537 section 3.4.4 advises: the first message and the latest ones. */
const shortened = (ids: string[]): string[] => (ids.length > 21 ? [...ids.slice(0, 1), ...ids.slice(-20)] : ids)

const withSignature = (text: string, signature: string | undefined): string =>
  signature ? `${text}\n\n-- \n${signature}` : text

const withHtmlSignature = (html: string, signature: string | undefined): string =>
  signature ? `${html}<br><div>-- <br>${escapeHtml(signature).replaceAll('\n', '<br>')}</div>` : html

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
