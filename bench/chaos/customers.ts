import { setTimeout as delay } from 'node:timers/promises'
import { createTransport } from 'nodemailer'
import type { Chance } from './chance.ts'
import { type Ledger, type Written, wordsOf } from './ledger.ts'
import type { Server } from './servers.ts'

/** Words that a customer needs before they begin another talk. */
const FEWEST = 8
const MOST = 40
const FILE = Buffer.from('a small file').toString('base64')

export interface Customers {
  readonly servers: readonly Server[]
  readonly ledger: Ledger
  readonly chance: Chance
  isOver(): boolean
}

/** Hands one message to one server. True = acknowledged; false = try again; a text = refused, which must never happen. */
type Hand = (server: Server, message: Written) => Promise<boolean | string>

/**
 * One customer after another, as one provider would hand them over: mostly word by word, each only when the last was acknowledged;
 * sometimes several at once; now and then the same word twice at once, or one from before again.
 */
export async function talk(
  customers: Customers,
  of: { channel: Written['channel']; name: string; pauseMs: number; hand: Hand },
): Promise<void> {
  const { chance, isOver, ledger } = customers
  const late: Promise<unknown>[] = []
  for (let t = 0; !isOver(); t++) {
    const thread = `${of.name}.${t}`
    const length = Math.floor(chance.between(FEWEST, MOST))
    const own: Written[] = []
    while (own.length < length && !isOver()) {
      const burst = chance.hits(0.08) ? 3 : 1
      const fresh = Array.from({ length: burst }, (_, i): Written => {
        const hasFile = chance.hits(0.04)
        const startedAt = performance.now()
        return { thread, n: own.length + i, channel: of.channel, hasFile, startedAt, acknowledgedAt: undefined }
      })
      own.push(...fresh)
      ledger.written.push(...fresh)
      await Promise.all(fresh.flatMap((one) => (chance.hits(0.05) ? [bring(one), copy(one)] : [bring(one)])))
      if (chance.hits(0.05)) late.push(copy(chance.pick(own)))
      await delay(chance.between(0, 2 * of.pauseMs))
    }
  }
  await Promise.all(late)

  async function bring(message: Written): Promise<void> {
    for (;;) {
      const answer = await of.hand(chance.pick(customers.servers), message)
      if (answer === true) {
        message.acknowledgedAt ??= performance.now()
        return
      }
      if (typeof answer === 'string') {
        ledger.refusals.push(answer)
        return
      }
      ledger.sentAgain++
      await delay(chance.between(50, 300))
    }
  }

  async function copy(message: Written): Promise<void> {
    ledger.copies++
    await delay(chance.between(0, 30))
    await of.hand(chance.pick(customers.servers), message)
  }
}

/** `POST /in/<key>`. */
export const byApi =
  (key: string): Hand =>
  async (server, message) => {
    try {
      const response = await fetch(`${server.url}/in/${key}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          id: `${message.thread} ${message.n}`,
          thread: message.thread,
          from: { id: `customer ${message.thread}`, name: `Customer ${message.thread}` },
          text: wordsOf(message),
          ...(message.hasFile ? { files: [{ name: 'note.txt', mime: 'text/plain', contentBase64: FILE }] } : {}),
        }),
        signal: AbortSignal.timeout(10_000),
      })
      const text = await response.text()
      if (response.ok) return true
      return response.status >= 500 || response.status === 429
        ? false
        : `${wordsOf(message)} ${response.status} ${text}`
    } catch {
      return false // no answer: whether it was stored is not known, so it is sent again
    }
  }

const idOf = (thread: string, n: number) => `<${thread}.${n}@customers.example>`

/** SMTP into the built-in mail server. A repetition travels another way, so its first lines differ. */
export const byMail =
  (to: string, chance: Chance): Hand =>
  async (server, message) => {
    const { thread, n } = message
    const from = `${thread}@customers.example`
    const earlier = n === 0 ? [] : [...new Set([idOf(thread, 0), idOf(thread, n - 1)])]
    const raw = [
      ...(chance.hits(0.5) ? [] : [`Received: from relay${Math.floor(chance.between(0, 99))}.example`]),
      `From: Customer ${thread} <${from}>`,
      `To: <${to}>`,
      `Subject: Question ${thread}`,
      `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
      `Message-ID: ${idOf(thread, n)}`,
      ...(earlier.length > 0 ? [`In-Reply-To: ${earlier.at(-1)}`, `References: ${earlier.join(' ')}`] : []),
      'MIME-Version: 1.0',
      ...(message.hasFile
        ? mixed(wordsOf(message))
        : ['Content-Type: text/plain; charset=utf-8', '', wordsOf(message)]),
      '',
    ].join('\r\n')
    const transport = createTransport({
      host: '127.0.0.1',
      port: server.smtpPort,
      ignoreTLS: true,
      connectionTimeout: 5000,
      greetingTimeout: 5000,
      socketTimeout: 15_000,
    })
    try {
      await transport.sendMail({ raw, envelope: { from, to: [to] } })
      return true
    } catch (error) {
      const code = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0
      return code >= 500 ? `${wordsOf(message)} ${code} ${error}` : false
    } finally {
      transport.close()
    }
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
  FILE,
  '--edge--',
]
