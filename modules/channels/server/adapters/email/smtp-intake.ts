import { createHash } from 'node:crypto'
import { type AddressInfo, isIPv6 } from 'node:net'
import type { SMTPServer, SMTPServerSession } from 'smtp-server'
import type { RawInput } from '../../channel-adapter.ts'
import type { Authentication } from './authentication-results.ts'
import { withoutTag } from './reply-address.ts'

export interface SmtpIntakeOptions {
  /** 0 takes a free port. */
  readonly port: number
  /** Interface to listen on; all when left out. */
  readonly host?: string
  /** Name in the greeting and in Received. */
  readonly hostname?: string
  /** Switches STARTTLS on. */
  readonly tls?: { readonly key: string; readonly cert: string }
  /** Announced (SIZE) and enforced. Bytes. */
  readonly maxSizeBytes?: number
  readonly maxConnections?: number
  /** Of mail that is coming in, over all connections together. */
  readonly maxHeldBytes?: number
  /** Account that owns a lower-case address, or null. Asked with the whole address first, then without its +tag. */
  accountFor(address: string): Promise<string | null>
  /** Stores one mail for one account; the sender is told 250 only after it resolved for all of them. */
  accept(accountId: string, raw: RawInput): Promise<void>
  readonly log: { info(event: string, fields?: object): void; warn(event: string, fields?: object): void }
  /** DKIM, SPF and DMARC of a mail; `none` when left out. */
  verifyAuth?(mail: { body: Uint8Array; envelopeFrom: string; ip: string; helo: string }): Promise<Authentication>
}

export interface SmtpIntake {
  /** The port it listens on. */
  readonly port: number
  /** Number of open connections. */
  connections(): number
  /** Stops listening and lets running transfers end, for at most ten seconds. */
  close(): Promise<void>
}

/** Most providers take 25 MB: Gmail, Mail.ru, Outlook.com. */
const MAX_SIZE = 25 * 1024 * 1024
const MAX_CONNECTIONS = 200
const MAX_CONNECTIONS_PER_ADDRESS = 20
const MAX_RECIPIENTS = 100
/** Bytes in memory at one time: a few strangers with a large mail each must not take all of it. */
const MAX_HELD = 200 * 1024 * 1024
/** Time for DNS; a mail is taken without a verdict rather than refused. */
const AUTHENTICATION_MS = 8000

/**
 * Listens for mail to our accounts. No sign-in, no relay: any other recipient is refused (550). Mail above the limit is refused with
 * 552, mail that cannot be stored with 451 and mail for which there is no room now with 452, so that the sender tries again. Nothing is acknowledged before it is stored.
 */
export async function createSmtpIntake(options: SmtpIntakeOptions): Promise<SmtpIntake> {
  const { SMTPServer } = await import('smtp-server')
  const maxSize = options.maxSizeBytes ?? MAX_SIZE
  const connections = new Map<string, Set<string>>()
  const sending = new Set<string>()
  const maxHeld = options.maxHeldBytes ?? MAX_HELD
  let held = 0
  const owners = new Owners(options)
  const server = new SMTPServer({
    ...(options.tls ?? {}),
    ...(options.hostname ? { name: options.hostname } : {}),
    banner: 'Okno',
    authOptional: true,
    disabledCommands: options.tls ? ['AUTH'] : ['AUTH', 'STARTTLS'],
    size: maxSize,
    maxClients: options.maxConnections ?? MAX_CONNECTIONS,
    disableReverseLookup: true,
    socketTimeout: 120_000,
    closeTimeout: 10_000,
    logger: false,
    onConnect(session, done) {
      const open = connections.get(session.remoteAddress) ?? new Set()
      if (open.size >= MAX_CONNECTIONS_PER_ADDRESS)
        return done(smtpReply(421, '4.7.0 Too many connections from your address'))
      connections.set(session.remoteAddress, open.add(session.id))
      done()
    },
    onClose(session) {
      sending.delete(session.id)
      // Told of refused connections too, which were never among the open ones.
      const open = connections.get(session.remoteAddress)
      open?.delete(session.id)
      if (open?.size === 0) connections.delete(session.remoteAddress)
    },
    onRcptTo(address, session, done) {
      if (session.envelope.rcptTo.length >= MAX_RECIPIENTS) return done(smtpReply(452, '4.5.3 Too many recipients'))
      owners.of(address.address).then(
        (owner) => done(owner ? null : smtpReply(550, '5.1.1 No such mailbox here')),
        (error: unknown) => {
          options.log.warn('smtp_recipient_lookup_failed', { message: String(error) })
          done(smtpReply(451, '4.3.0 Try again later'))
        },
      )
    },
    onData(stream, session, answer) {
      let kept = 0
      let isRoom = true
      const drop = () => {
        chunks.length = 0
        held -= kept
        kept = 0
      }
      const done: typeof answer = (...result) => {
        drop()
        sending.delete(session.id)
        answer(...result)
        if (!server.server.listening) endIdle(server, sending)
      }
      const chunks: Buffer[] = []
      let size = 0
      sending.add(session.id)
      stream.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (held + chunk.length > maxHeld) isRoom = false
        // The rest is read and dropped: the answer is due only after the last line.
        if (size > maxSize || !isRoom) return drop()
        chunks.push(chunk)
        kept += chunk.length
        held += chunk.length
      })
      stream.on('error', (error) => done(error))
      stream.on('end', () => {
        if (stream.sizeExceeded || size > maxSize) return done(smtpReply(552, `5.3.4 The limit is ${maxSize} bytes`))
        if (!isRoom) return done(smtpReply(452, '4.3.1 No room for it now, try again later'))
        store(Buffer.concat(chunks), session, { options, owners }).then(
          () => done(null, 'Stored'),
          (error: unknown) => {
            options.log.warn('smtp_mail_not_stored', { message: String(error) })
            done(smtpReply(451, '4.3.0 Could not be stored, try again later'))
          },
        )
      })
    },
  })
  server.on('error', (error) => options.log.warn('smtp_connection_error', { message: error.message }))
  return await listen(server, sending, options)
}

function listen(server: SMTPServer, sending: ReadonlySet<string>, options: SmtpIntakeOptions): Promise<SmtpIntake> {
  return new Promise((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(options.port, options.host, () => {
      server.server.off('error', reject)
      const { port } = server.server.address() as AddressInfo // a TCP server that listens has one
      options.log.info('smtp_listening', { port, tls: options.tls !== undefined })
      const close = () =>
        new Promise<void>((closed) => {
          server.close(() => closed())
          endIdle(server, sending)
        })
      resolve({ port, connections: () => server.connections.size, close })
    })
  })
}

/** Ends connections that only wait; the others may finish their mail, for as long as the server's own `closeTimeout`. */
function endIdle(server: SMTPServer, sending: ReadonlySet<string>): void {
  for (const connection of server.connections) {
    if (sending.has(connection.id)) continue
    connection.send(421, 'Server shutting down')
    connection.close()
  }
}

/** Who owns a recipient: the exact address, or the same one without a +tag such as a reply token. */
class Owners {
  readonly options: SmtpIntakeOptions

  constructor(options: SmtpIntakeOptions) {
    this.options = options
  }

  async of(address: string): Promise<string | null> {
    const exact = address.trim().toLowerCase()
    const base = withoutTag(exact)
    return (await this.options.accountFor(exact)) ?? (base === exact ? null : await this.options.accountFor(base))
  }
}

async function store(
  body: Buffer,
  session: SMTPServerSession,
  { options, owners }: { options: SmtpIntakeOptions; owners: Owners },
): Promise<void> {
  const envelopeFrom = session.envelope.mailFrom ? session.envelope.mailFrom.address : ''
  const authentication = await verdict(body, envelopeFrom, session, options)
  const recipients = new Map<string, string[]>()
  for (const { address } of session.envelope.rcptTo) {
    const owner = await owners.of(address)
    // Its account was switched off since RCPT. "250" would lose the mail; the sender tries again and hears 550 at this recipient.
    if (!owner) throw new Error('A recipient has no account any more.')
    recipients.set(owner, [...(recipients.get(owner) ?? []), address])
  }
  // The hash leaves our own header out: a sender that repeats after a lost answer sends the same bytes.
  const key = `sha256:${createHash('sha256').update(body).digest('hex')}`
  const receivedAt = new Date()
  const withReceived = Buffer.concat([
    Buffer.from(receivedHeader(session, receivedAt, options.hostname), 'latin1'),
    body,
  ])
  for (const [accountId, addresses] of recipients) {
    await options.accept(accountId, {
      key,
      receivedAt,
      headers: { 'envelope-from': envelopeFrom, 'envelope-to': addresses.join(','), 'okno-auth': authentication },
      body: withReceived,
    })
  }
  options.log.info('smtp_mail_stored', { accounts: recipients.size, sizeBytes: body.length, authentication })
}

async function verdict(
  body: Buffer,
  envelopeFrom: string,
  session: SMTPServerSession,
  options: SmtpIntakeOptions,
): Promise<Authentication> {
  if (!options.verifyAuth) return 'none'
  const timeout = Promise.withResolvers<Authentication>()
  const timer = setTimeout(() => timeout.resolve('none'), AUTHENTICATION_MS)
  try {
    const check = options.verifyAuth({ body, envelopeFrom, ip: session.remoteAddress, helo: session.hostNameAppearsAs })
    return await Promise.race([check, timeout.promise])
  } catch (error) {
    options.log.warn('smtp_authentication_failed', { message: String(error) })
    return 'none'
  } finally {
    clearTimeout(timer)
  }
}

/** Trace line of RFC 5321 section 4.4. What the other side says of itself is stripped to harmless characters. */
function receivedHeader(session: SMTPServerSession, at: Date, hostname: string | undefined): string {
  const said = session.hostNameAppearsAs.replace(/[^\w.:[\]-]/g, '').slice(0, 255) || 'unknown'
  const ip = isIPv6(session.remoteAddress) ? `IPv6:${session.remoteAddress}` : session.remoteAddress
  const protocol = session.secure ? 'ESMTPS' : 'ESMTP'
  const date = at.toUTCString().replace('GMT', '+0000')
  return `Received: from ${said} ([${ip}])\r\n\tby ${hostname ?? 'okno'} with ${protocol} id ${session.id.replace(/\W/g, '')};\r\n\t${date}\r\n`
}

function smtpReply(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode })
}
