import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '#platform/server/free-port'
import { newId } from '../platform/shared/ids.ts'
import { visit } from './support/chat-server.ts'
import { type MailWorld, sendMail, startMailWorld } from './support/mail.ts'
import { haveNodes, type Nodes } from './support/nodes.ts'
import { API_KEY, eventually, type TestOkno, testPlatform } from './support/platform.ts'

let okno: TestOkno
let nodes: Nodes
let world: MailWorld
let smtpPort: number

describe.skipIf(!haveNodes())('three processes behind a balancer, with a pooler in transaction mode and Redis', () => {
  beforeAll(async () => {
    world = await startMailWorld()
    smtpPort = await freePort()
    okno = await testPlatform({ nodes: 3, env: { OKNO_SMTP_PORT: String(smtpPort) } })
    if (!okno.nodes) throw new Error('No nodes.')
    nodes = okno.nodes
  })
  afterAll(async () => {
    await okno?.close()
    await world?.close()
  })

  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers freely
  const ask = async (node: number, method: string, address: string, body?: unknown): Promise<any> => {
    const response = await fetch(`${nodes.urls[node]}/api/v1${address}`, {
      method,
      headers: { authorization: `Bearer ${API_KEY}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    return await response.json()
  }
  const chatAccount = () => ask(0, 'POST', '/accounts', { kind: 'webchat', name: 'Чат', config: {} })
  const newestBy = (account: string) =>
    eventually(async () => {
      const { body } = await okno.call('GET', '/conversations?sort=recent')
      return body.items.find((one: { account: { id: string } }) => one.account.id === account)
    })

  test('a transaction leaves neither its role nor its company behind in a connection that others use next', async () => {
    const { database, transaction } = okno.platform
    const companies = Array.from({ length: 5 }, () => newId())
    const look = sql<{ role: string; workspace: string | null }>`
      select current_user as role, current_setting('okno.workspace', true) as workspace from pg_sleep(0.002)`
    const seen = await Promise.all(
      Array.from({ length: 200 }, async (_, n) => {
        const company = companies[n] ?? companies[n % 7]
        const { rows } = company
          ? await transaction(company, (tx) => look.execute(tx.db))
          : await database.system((tx) => look.execute(tx.db))
        return {
          wanted: [company ? 'okno_app' : 'okno', company ?? ''],
          got: [rows[0]?.role, rows[0]?.workspace ?? ''],
        }
      }),
    )
    expect(seen.map(({ got }) => got)).toEqual(seen.map(({ wanted }) => wanted))
  })

  test('mail taken by any process becomes a conversation that every process shows, and is answered once', async () => {
    await okno.call('POST', '/accounts', {
      kind: 'email',
      name: 'Поддержка',
      address: 'support@severny-dom.test',
      smtp: { host: '127.0.0.1', port: world.port, secure: false },
    })
    const senders = Array.from({ length: 6 }, (_, n) => `customer${n}@example.com`)
    await Promise.all(
      senders.map((from) =>
        sendMail(smtpPort, { from, to: 'support@severny-dom.test', subject: from, text: 'Вопрос' }),
      ),
    )
    const items = await eventually(async () => {
      const { items } = await ask(1, 'GET', '/conversations')
      return items.length === senders.length && items
    })
    for (const [n, { id }] of items.entries())
      await ask(n % 3, 'POST', `/conversations/${id}/replies`, { text: `Ответ ${id}.` })

    await eventually(() => world.received.length >= senders.length)
    expect(world.received.map(({ to }) => to[0]).sort()).toEqual(senders)
  })

  test('what an operator says at one process reaches the visitor whose socket another one holds', async () => {
    const account = await chatAccount()
    const visitor = await visit(nodes.urls[1] ?? '', { account: account.key })
    await visitor.ask('say', { key: randomUUID(), text: 'Здравствуйте!' })
    const conversation = await newestBy(account.id)

    await ask(2, 'POST', `/conversations/${conversation.id}/replies`, { text: 'Добрый день!' })

    await eventually(() => visitor.entries.some(({ text }) => text === 'Добрый день!'))
    visitor.leave()
  })

  test('without Redis, and after the pooler was killed, everything goes on', async () => {
    const account = await chatAccount()
    await Promise.all([nodes.kill.redis(), nodes.kill.pooler()])

    const visitor = await eventually(() => visit(nodes.url, { account: account.key }).catch(() => undefined))
    await eventually(async () => (await visitor.ask('say', { key: 'after-the-kill', text: 'Вы здесь?' })).ok)
    const conversation = await newestBy(account.id)
    expect(conversation.lastText).toBe('Вы здесь?')
    visitor.leave()
  })
})
