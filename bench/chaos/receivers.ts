import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { SMTPServer } from 'smtp-server'
import { z } from 'zod'
import type { Chance } from './chance.ts'
import { answerKeyIn, type Ledger } from './ledger.ts'

export interface Receiver {
  readonly port: number
  /** From now on everything works. */
  behave(): void
  close(): Promise<void>
}

interface Around {
  readonly ledger: Ledger
  readonly chance: Chance
}

/** Longer than Okno waits for a webhook. */
const SILENCE_MS = 12_000

/** The customers' mail server: at times it breaks the line in the middle of a mail, or after having taken it, or is busy. */
export async function startMailReceiver({ ledger, chance }: Around): Promise<Receiver> {
  let isGood = false
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      const fault = isGood ? 'none' : chance.pick(FAULTS_OF_MAIL)
      const cut = () => {
        ledger.cutLines++
        for (const connection of server.connections) if (connection.id === session.id) connection.close()
      }
      const chunks: Buffer[] = []
      let isCut = false
      stream.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        if (fault !== 'cut in the middle' || isCut) return
        isCut = true
        cut()
      })
      stream.on('error', (error) => done(error))
      stream.on('end', () => {
        if (isCut) return
        if (fault === 'busy') return done(Object.assign(new Error('4.3.0 Busy'), { responseCode: 451 }))
        const mail = Buffer.concat(chunks).toString('latin1')
        const id = /^Message-ID: *<([^>]+)>/im.exec(mail)?.[1] ?? ''
        ledger.received(answerKeyIn(mail) ?? `unreadable mail ${id}`, 'email', id)
        if (fault === 'cut after the end') cut()
        else done(null, 'Taken')
      })
    },
  })
  // Broken lines are what this server is for.
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.server.address() as AddressInfo).port, // a TCP server that listens has one
    behave: () => {
      isGood = true
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const connection of server.connections) connection.close()
      }),
  }
}

const FAULTS_OF_MAIL = [
  ...Array<'none'>(14).fill('none'),
  'cut in the middle',
  'cut in the middle',
  'cut in the middle',
  'cut after the end',
  'busy',
] as const

const FAULTS_OF_WEBHOOK = [
  ...Array<'none'>(16).fill('none'),
  'taken, then silent',
  'taken, then cut',
  'taken, then 503',
  'refused with 503',
] as const

const payload = z.object({ id: z.string(), text: z.string() })

/** The business system behind the API account: at times it takes an answer and then is silent, cuts the line or fails. */
export async function startWebhookReceiver({ ledger, chance }: Around): Promise<Receiver> {
  let isGood = false
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    try {
      for await (const chunk of request) chunks.push(chunk)
    } catch {
      return // the sender was killed in the middle: nothing was taken
    }
    const fault = isGood ? 'none' : chance.pick(FAULTS_OF_WEBHOOK)
    if (fault === 'refused with 503') return response.writeHead(503).end()
    const { text } = payload.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')))
    const id = String(request.headers['webhook-id'])
    ledger.received(answerKeyIn(text) ?? `unreadable answer ${id}`, 'api', id)
    if (fault === 'taken, then silent') await delay(SILENCE_MS)
    if (fault === 'taken, then cut') {
      ledger.cutLines++
      return request.socket.destroy()
    }
    return response.writeHead(fault === 'taken, then 503' ? 503 : 200).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port, // a TCP server that listens has one
    behave: () => {
      isGood = true
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
