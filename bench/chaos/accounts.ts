import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import {
  haveMailServers,
  PASSWORD,
  startMailServers,
} from '../../modules/channels/server/adapters/email/debian-mail-servers.fixture.ts'
import type { Way } from './ledger.ts'
import { call } from './servers.ts'
import type { Door } from './talk.ts'

export const MAIL_ADDRESS = 'help@okno.example'
const MAILBOX_USER = 'support'

/** A mailbox at a real IMAP server, which may be taken away. */
export interface Mailbox {
  readonly address: string
  readonly port: number
  readonly user: string
  readonly password: string
  /** Its server is gone for so long. */
  lose(ms: number): Promise<void>
  close(): Promise<void>
}

/** Undefined where no IMAP server can be run; that is said aloud. */
export async function startMailbox(): Promise<Mailbox | undefined> {
  if (!haveMailServers()) return undefined
  const servers = await startMailServers()
  return {
    address: `${MAILBOX_USER}@provider.example`,
    port: servers.imapPort,
    user: MAILBOX_USER,
    password: PASSWORD,
    lose: async (ms) => {
      await servers.stopImap()
      await delay(ms)
      await servers.startImap()
    },
    close: servers.close,
  }
}

const created = z.object({ id: z.string(), key: z.string() })
const health = z.object({ items: z.array(z.object({ id: z.string(), health: z.string() })) })

/** One account of every way, by the name of the way; their keys. Resolves when the mailbox is connected: older mail is not taken over. */
export async function createAccounts(
  door: Door,
  of: { webhookPort: number; smtpPort: number; mailbox: Mailbox | undefined; patienceMs: number },
): Promise<Record<Exclude<Way, 'mailbox'>, string>> {
  const smtp = { host: '127.0.0.1', port: of.smtpPort, security: 'none' }
  const add = async (name: Way, kind: string, config: object) => {
    const answer = await call(door, 'POST', '/accounts', { body: { kind, name, config } })
    if (answer?.status !== 201) throw new Error(`The account was refused: ${JSON.stringify(answer)}`)
    return created.parse(answer.body)
  }
  const api = await add('api', 'api', {
    webhookUrl: `http://127.0.0.1:${of.webhookPort}/`,
    allowPrivateAddresses: true,
  })
  const email = await add('email', 'email', { address: MAIL_ADDRESS, smtp })
  const webchat = await add('webchat', 'webchat', {})
  const form = await add('form', 'form', {})
  if (of.mailbox) {
    const { address, port, user, password } = of.mailbox
    const imap = { host: '127.0.0.1', port, security: 'none', user, password }
    await untilConnected(door, (await add('mailbox', 'email', { address, smtp, imap })).id, of.patienceMs)
  }
  return { api: api.key, email: email.key, webchat: webchat.key, form: form.key }
}

async function untilConnected(door: Door, accountId: string, patienceMs: number): Promise<void> {
  const deadline = Date.now() + patienceMs
  for (;;) {
    const answer = await call(door, 'GET', '/accounts')
    const account = health.safeParse(answer?.body).data?.items.find(({ id }) => id === accountId)
    if (account?.health === 'connected') return
    if (Date.now() > deadline) throw new Error(`The mailbox is ${account?.health ?? 'not there'}.`)
    await delay(200)
  }
}
