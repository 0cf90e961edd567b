import type { AddressInfo } from 'node:net'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'

/** A mail that left Okno, as the customer's mailbox would show it. */
export interface SunkMail {
  readonly at: Date
  readonly from: string
  readonly fromName: string
  readonly to: string[]
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly messageId: string
  readonly replyTo: string | null
  readonly references: string
  readonly files: string[]
}

/** `drop` = takes the mail, then the line breaks before the answer; `busy` = try again later. */
export type MailFault =
  | { kind: 'none' }
  | { kind: 'drop' }
  | { kind: 'reject' }
  | { kind: 'busy' }
  | { kind: 'delay'; ms: number }

export interface MailSink {
  readonly port: number
  /** Newest first. */
  readonly mails: readonly SunkMail[]
  readonly fault: MailFault
  behave(fault: MailFault): void
  close(): Promise<void>
}

const MAX_KEPT = 500
const MAX_BYTES = 30 * 1024 * 1024

/** The customers' mail server: takes everything on this machine and keeps it in memory; can be slow, refuse or break off. */
export async function startMailSink(): Promise<MailSink> {
  const mails: SunkMail[] = []
  let fault: MailFault = { kind: 'none' }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: MAX_BYTES,
    logger: false,
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('error', (error) => done(error))
      stream.on('end', () => {
        const now = fault
        if (now.kind === 'reject') return done(reply(550, '5.1.1 The mailbox does not exist'))
        if (now.kind === 'busy') return done(reply(451, '4.3.0 Try again later'))
        const to = session.envelope.rcptTo.map(({ address }) => address)
        keep(Buffer.concat(chunks), to).then(() => {
          if (now.kind === 'drop') [...server.connections].find(({ id }) => id === session.id)?.close()
          else setTimeout(() => done(null, 'Taken'), now.kind === 'delay' ? now.ms : 0)
        }, done)
      })
    },
  })
  // A line that breaks is what this server is for.
  server.on('error', () => undefined)

  async function keep(bytes: Buffer, to: string[]) {
    const mail = await PostalMime.parse(bytes)
    mails.unshift({
      at: new Date(),
      from: mail.from?.address ?? '',
      fromName: mail.from?.name ?? '',
      to,
      subject: mail.subject ?? '',
      text: mail.text ?? '',
      html: mail.html ?? '',
      messageId: mail.messageId ?? '',
      replyTo: mail.replyTo?.[0]?.address ?? null,
      references: mail.references ?? '',
      files: mail.attachments.map(({ filename }) => filename ?? ''),
    })
    mails.length = Math.min(mails.length, MAX_KEPT)
  }

  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    port: (server.server.address() as AddressInfo).port, // a TCP server that listens has one
    mails,
    get fault() {
      return fault
    },
    behave: (next) => {
      fault = next
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        for (const connection of server.connections) connection.close()
      }),
  }
}

const reply = (responseCode: number, message: string): Error => Object.assign(new Error(message), { responseCode })
