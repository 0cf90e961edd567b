import { setTimeout as delay } from 'node:timers/promises'
import { ImapFlow } from 'imapflow'
import { createTransport } from 'nodemailer'
import type { Chance } from './chance.ts'
import { type Written, wordsOf } from './ledger.ts'
import { FILE, type Hand } from './talk.ts'

const MAILBOX_PATIENCE_MS = 20_000

/** SMTP into the built-in mail server. A repetition travels another way, so its first lines differ. */
export const byMail =
  (to: string, chance: Chance): Hand =>
  async (door, message) => {
    const transport = createTransport({
      host: '127.0.0.1',
      port: door.smtpPort,
      ignoreTLS: true,
      connectionTimeout: 5000,
      greetingTimeout: 5000,
      socketTimeout: 15_000,
    })
    try {
      await transport.sendMail({ raw: mailOf(message, to, chance), envelope: { from: senderOf(message), to: [to] } })
      return true
    } catch (error) {
      const code = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0
      return code >= 500 ? `${wordsOf(message)} ${code} ${error}` : false
    } finally {
      transport.close()
    }
  }

/** Put into a mailbox that Okno reads; the mailbox's server says that it stands there. Which server of Okno reads it is its own matter. */
export const byMailbox = (
  mailbox: { address: string; port: number; user: string; password: string },
  chance: Chance,
): Hand => {
  const options = {
    host: '127.0.0.1',
    port: mailbox.port,
    secure: false,
    doSTARTTLS: false,
    auth: { user: mailbox.user, pass: mailbox.password },
    logger: false,
    connectionTimeout: 5000,
    socketTimeout: 15_000,
  } as const
  return async (_door, message) => {
    const client = new ImapFlow(options)
    // Its server is at times away; the command that waits tells.
    client.on('error', () => undefined)
    const put = async () => {
      await client.connect()
      return (await client.append('INBOX', mailOf(message, mailbox.address, chance))) !== false
    }
    try {
      // The library may leave a command without an end when its server goes away in the middle.
      return await Promise.race([put(), delay(MAILBOX_PATIENCE_MS, false, { ref: false })])
    } catch {
      return false
    } finally {
      client.close()
    }
  }
}

const idOf = (thread: string, n: number) => `<${thread}.${n}@customers.example>`
const senderOf = ({ thread }: Written) => `${thread}@customers.example`

function mailOf(message: Written, to: string, chance: Chance): string {
  const { thread, n } = message
  const earlier = n === 0 ? [] : [...new Set([idOf(thread, 0), idOf(thread, n - 1)])]
  return [
    ...(chance.hits(0.5) ? [] : [`Received: from relay${Math.floor(chance.between(0, 99))}.example`]),
    `From: Customer ${thread} <${senderOf(message)}>`,
    `To: <${to}>`,
    `Subject: Question ${thread}`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: ${idOf(thread, n)}`,
    ...(earlier.length > 0 ? [`In-Reply-To: ${earlier.at(-1)}`, `References: ${earlier.join(' ')}`] : []),
    'MIME-Version: 1.0',
    ...(message.hasFile ? mixed(wordsOf(message)) : ['Content-Type: text/plain; charset=utf-8', '', wordsOf(message)]),
    '',
  ].join('\r\n')
}

const mixed = (text: string) => [
  'Content-Type: multipart/mixed; boundary="edge"',
  '',
  '--edge',
  'Content-Type: text/plain; charset=utf-8',
  '',
  text,
  '--edge',
  'Content-Type: text/plain; name="note.txt"',
  'Content-Disposition: attachment; filename="note.txt"',
  'Content-Transfer-Encoding: base64',
  '',
  FILE.toString('base64'),
  '--edge--',
]
