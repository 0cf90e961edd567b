import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import nodemailer, { type SendMailOptions } from 'nodemailer'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

/** A mail as the outside world got it. */
export interface ReceivedMail {
  readonly to: readonly string[]
  readonly raw: string
  readonly mail: Email
}

/** A real SMTP server that stands for the rest of the world: keeps what it gets. */
export interface MailWorld {
  readonly port: number
  readonly received: ReceivedMail[]
  close(): Promise<void>
}

export async function startMailWorld(): Promise<MailWorld> {
  const received: ReceivedMail[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const raw = Buffer.concat(chunks)
        PostalMime.parse(raw).then((mail) => {
          received.push({
            to: session.envelope.rcptTo.map(({ address }) => address),
            raw: raw.toString('latin1'),
            mail,
          })
          done()
        }, done)
      })
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  return { port, received, close: () => new Promise((resolve) => server.close(() => resolve())) }
}

/** Sends one mail into Okno by SMTP, as a customer's mail server does. Resolves with its Message-ID when it was taken. */
export async function sendMail(port: number, mail: SendMailOptions): Promise<string> {
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true })
  try {
    const { messageId } = await transport.sendMail(mail)
    return messageId
  } finally {
    transport.close()
  }
}
