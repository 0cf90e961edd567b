import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Account,
  aConversation,
  aMessage,
  anAccount,
  anOperator,
  anotherCompany,
  aTeam,
  type Colleague,
  receive,
} from '../../../tests/support/inbox.ts'
import { type TestOkno, testPlatform } from '../../../tests/support/platform.ts'

let okno: TestOkno
let sales: string
let service: string
let anna: Colleague
let boris: Colleague
let vera: Colleague
/** Conversations by whose they are. */
const ids = { nobodys: '', annas: '', borises: '', sales: '', service: '' }
let shop: Account

beforeAll(async () => {
  okno = await testPlatform()
  sales = await aTeam(okno)
  service = await aTeam(okno)
  anna = await anOperator(okno, { teamIds: [sales] })
  boris = await anOperator(okno, { teamIds: [service] })
  vera = await anOperator(okno, { role: 'supervisor' })
  shop = await anAccount(okno)
  for (const key of Object.keys(ids) as (keyof typeof ids)[]) ids[key] = (await aConversation(okno, shop)).id
  const give = (id: string, to: object) => okno.call('PATCH', `/conversations/${id}`, to)
  await give(ids.annas, { ownerId: anna.id })
  await give(ids.borises, { ownerId: boris.id })
  await give(ids.sales, { teamId: sales })
  await give(ids.service, { teamId: service, ownerId: boris.id })
})
afterAll(() => okno.close())

const listed = async (who: Colleague, query: string) =>
  new Set((await who.call('GET', `/conversations?${query}`)).body.items.map(({ id }: { id: string }) => id))

test('lists of any object hold to the same rule: rows, groups, cells, bulk edits', async () => {
  const rows = await anna.call('GET', '/objects/conversation/rows?fields=subject,owner,team&sort=-lastMessageAt')
  const idsOf = (items: { id: string }[]) => new Set(items.map(({ id }) => id))
  expect(idsOf(rows.body.items)).toEqual(new Set([ids.nobodys, ids.annas, ids.sales]))
  const groups = await anna.call('GET', '/objects/conversation/groups?field=owner')
  expect(groups.body.items.map(({ value }: { value: string | null }) => value)).toEqual([anna.id, null])
  const read = await anna.call('GET', `/objects/conversation/values?ids=${ids.borises}&fields=subject`)
  expect(read.body.items).toEqual([])
  const cell = await anna.call('PATCH', `/objects/conversation/values/${ids.borises}`, { values: { subject: 'x' } })
  expect(cell.status).toBe(404)
  const bulk = { ids: [ids.borises, ids.service], field: 'priority', op: 'set', value: 'high' }
  expect((await anna.call('POST', '/objects/conversation/bulk-edits', bulk)).body.code).toBe('objects.bulk_empty')
})

test.each(['sort=due', 'sort=recent', 'view=all', `q=${encodeURIComponent('заказ')}`])(
  'an operator finds own conversations, those of own teams and of nobody; a supervisor finds all (%s)',
  async (query) => {
    expect(await listed(anna, query)).toEqual(new Set([ids.nobodys, ids.annas, ids.sales]))
    expect(await listed(boris, query)).toEqual(new Set([ids.nobodys, ids.borises, ids.service]))
    expect(await listed(vera, query)).toEqual(new Set(Object.values(ids)))
  },
)

test('views and counts hold only what may be seen', async () => {
  expect(await listed(anna, 'view=mine')).toEqual(new Set([ids.annas]))
  expect(await listed(anna, 'view=unassigned')).toEqual(new Set([ids.nobodys, ids.sales]))
  expect((await anna.call('GET', '/conversations/counts')).body).toMatchObject({ mine: 1, unassigned: 2, all: 3 })
  expect((await vera.call('GET', '/conversations/counts')).body).toMatchObject({ mine: 0, unassigned: 2, all: 5 })
})

/** Every route with a conversation or message in its address. */
const routes = (id: string, messageId: string): [method: string, address: string, body?: object][] => [
  ['GET', `/conversations/${id}`],
  ['PATCH', `/conversations/${id}`, { status: 'closed' }],
  ['PATCH', `/conversations/${id}`, { ownerId: null }],
  ['GET', `/conversations/${id}/messages`],
  ['GET', `/conversations/${id}/routes`],
  ['POST', `/conversations/${id}/replies`, { text: 'чужое' }],
  ['POST', `/conversations/${id}/notes`, { text: 'чужое' }],
  ['PUT', `/conversations/${id}/read`, { seq: 1 }],
  ['GET', `/conversations/${id}/draft`],
  ['PUT', `/conversations/${id}/draft`, { mode: 'reply', text: 'чужое' }],
  ['DELETE', `/conversations/${id}/draft`],
  ['GET', `/messages/${messageId}`],
  ['POST', `/messages/${messageId}/resend`],
]

const firstMessage = async (id: string) => (await okno.call('GET', `/conversations/${id}/messages`)).body.items[0].id

test('what may not be seen does not exist, in every route', async () => {
  const messageId = await firstMessage(ids.service)

  for (const [method, address, body] of routes(ids.service, messageId)) {
    const { status } = await anna.call(method, address, body)
    expect(`${method} ${address} ${status}`).toBe(`${method} ${address} 404`)
  }
  expect((await okno.call('GET', `/conversations/${ids.service}`)).body).toMatchObject({ status: 'open', lastSeq: 3 })
})

test('who gives a conversation away sees the answer, and then no more', async () => {
  const { id } = await aConversation(okno, shop)

  const given = await anna.call('PATCH', `/conversations/${id}`, { ownerId: boris.id, handover: 'Твой клиент' })

  expect(given).toMatchObject({ status: 200, body: { owner: { id: boris.id } } })
  expect((await anna.call('GET', `/conversations/${id}`)).status).toBe(404)
  expect((await boris.call('GET', `/conversations/${id}/messages`)).body.items).toMatchObject([
    { direction: 'in' },
    { direction: 'event', event: { code: 'assigned', params: { operator: boris.name, by: anna.name } } },
    { direction: 'note', text: 'Твой клиент' },
  ])
})

describe('another company', () => {
  let other: Awaited<ReturnType<typeof anotherCompany>>
  beforeAll(async () => {
    other = await anotherCompany(okno)
  })

  test('finds nothing of ours in any list', async () => {
    for (const address of [
      '/conversations',
      '/conversations?view=unassigned',
      '/conversations?q=заказ',
      '/tags',
      '/snippets',
    ])
      expect((await other.call('GET', encodeURI(address))).body.items).toEqual([])
    expect((await other.call('GET', '/conversations/counts')).body).toMatchObject({ all: 0, unassigned: 0 })
  })

  test('finds nothing behind our ids, in every route', async () => {
    const messageId = await firstMessage(ids.nobodys)

    for (const [method, address, body] of routes(ids.nobodys, messageId)) {
      const { status } = await other.call(method, address, body)
      expect(`${method} ${address} ${status}`).toBe(`${method} ${address} 404`)
    }
  })

  test('cannot be pointed at: its people, teams, accounts and files are unknown here', async () => {
    const { person } = (await okno.call('GET', `/conversations/${ids.nobodys}`)).body
    const patch = (body: object) => okno.call('PATCH', `/conversations/${ids.nobodys}`, body)

    expect((await patch({ ownerId: other.operatorId })).status).toBe(404)
    expect((await patch({ teamId: other.teamId })).status).toBe(422)
    expect(
      (await okno.call('POST', `/conversations/${ids.nobodys}/notes`, { text: 'файл', files: [other.fileId] })).status,
    ).toBe(404)
    const start = { personId: person.id, accountId: other.accountId, to: 'a@b.test', text: 'Здравствуйте' }
    expect((await okno.call('POST', '/conversations', start)).status).toBe(422)
    expect((await other.call('POST', '/conversations', start)).status).toBe(404)
  })

  test('its token does not lead into our conversation', async () => {
    const message = aMessage({ threads: [`reply:${ids.nobodys}`, randomUUID()] })
    await okno.platform.transaction(other.workspaceId, (tx) =>
      okno.modules.inbox.receiver.receiveAll(tx, [
        {
          account: { id: other.accountId, kind: 'api', name: 'Чужой', teamId: null },
          arrivalId: randomUUID(),
          receivedAt: new Date(),
          facts: [message],
        },
      ]),
    )

    expect((await okno.call('GET', `/conversations/${ids.nobodys}/messages`)).body.items).toHaveLength(1)
    expect((await other.call('GET', '/conversations')).body.items).toHaveLength(1)
  })
})

test('events are heard by those who may see the conversation, from where a reader stopped', async () => {
  const before = await heardBy(okno, anna, undefined, 0)
  await receive(okno, shop, [aMessage()])
  await boris.call('POST', `/conversations/${ids.borises}/notes`, { text: 'не для Анны' })
  await anna.call('POST', `/conversations/${ids.annas}/notes`, { text: 'для Анны' })

  const heard = await heardBy(okno, anna, before.from, 4)
  const rest = await heardBy(okno, anna, heard.events.at(-3)?.cursor, 2)

  expect(heard.events.map(({ data }) => data.conversationId)).not.toContain(ids.borises)
  expect(heard.events.filter(({ data }) => data.conversationId === ids.annas)).toHaveLength(2)
  expect(rest.events).toEqual(heard.events.slice(-2))
})

interface Heard {
  cursor: string
  name: string
  data: { conversationId?: string }
}

/** Reads `count` events of the inbox from `GET /events`. */
async function heardBy(
  { url }: TestOkno,
  who: Colleague,
  after: string | undefined,
  count: number,
): Promise<{ from: string; events: Heard[] }> {
  const response = await fetch(`${url}/api/v1/events`, {
    headers: { cookie: await who.cookie(), ...(after ? { 'last-event-id': after } : {}) },
  })
  expect(response.status).toBe(200)
  let text = ''
  const events: Heard[] = []
  const decoder = new TextDecoder()
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    const parts = text.split('\n\n')
    const from = /^: from (\S+)/.exec(text)?.[1] ?? ''
    events.length = 0
    for (const part of parts.slice(0, -1)) {
      const data = /^data: (.*)$/m.exec(part)?.[1]
      const event: Heard | undefined = data ? JSON.parse(data) : undefined
      if (event?.name.startsWith('inbox.')) events.push(event)
    }
    if (from && events.length >= count) return { from, events: events.slice(0, count) }
  }
  throw new Error(`The stream ended: ${text}`)
}

test('tasks of "my team" are those of everybody in it, and of no other', async () => {
  const colleague = await anOperator(okno, { teamIds: [sales] })
  const { body: person } = await okno.call('POST', '/people', { name: 'Инна Задачина' })
  for (const { id, name } of [anna, colleague, boris])
    await okno.call('POST', `/people/${person.id}/tasks`, { title: name, assigneeId: id })
  const titles = async (who: Colleague, whose: string) =>
    new Set((await who.call('GET', `/tasks?whose=${whose}`)).body.items.map(({ title }: { title: string }) => title))

  expect(await titles(anna, 'mine')).toEqual(new Set([anna.name]))
  expect(await titles(anna, 'team')).toEqual(new Set([anna.name, colleague.name]))
  expect(await titles(vera, 'team')).toEqual(new Set())
  expect((await colleague.call('GET', '/tasks/counts?whose=team')).body).toMatchObject({ undated: 2 })
})
