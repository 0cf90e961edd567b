import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type Account,
  aConversation,
  aMessage,
  anAccount,
  anOperator,
  conversationsOf,
  receive,
  threadOf,
} from '../../../tests/support/inbox.ts'
import { type TestOkno, testPlatform } from '../../../tests/support/platform.ts'

let okno: TestOkno
let shop: Account
let now = new Date('2026-11-18T09:00:00Z')
const start = now.getTime()

beforeAll(async () => {
  okno = await testPlatform({ now: () => now })
  shop = await anAccount(okno)
})
afterAll(() => okno.close())

const at = (minute: number) => {
  now = new Date(start + minute * 60_000)
}
const close = (id: string) => okno.call('PATCH', `/conversations/${id}`, { status: 'closed' })
const answer = (id: string) => okno.call('POST', `/conversations/${id}/replies`, { text: 'Ответ' })

/** All pages of a list, by ids. */
async function allPages(query: string, limit: number): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | null = null
  do {
    const { body }: { body: { items: { id: string }[]; nextCursor: string | null } } = await okno.call(
      'GET',
      `/conversations?limit=${limit}&${query}${cursor ? `&cursor=${cursor}` : ''}`,
    )
    ids.push(...body.items.map(({ id }) => id))
    cursor = body.nextCursor
  } while (cursor)
  return ids
}

test('lists: who waits longest first, then the rest by its last word; closed ones only when asked; the same in pages of any size', async () => {
  const ids: string[] = []
  for (let i = 0; i < 8; i++) {
    at(i)
    ids.push((await aConversation(okno, shop)).id)
  }
  const [one = '', two = '', three = '', four = '', five = '', six = '', seven = '', eight = ''] = ids
  at(20)
  await answer(three)
  at(21)
  await answer(one)
  at(22)
  await close(eight)

  const due = [two, four, five, six, seven, one, three]
  const recent = [one, three, eight, seven, six, five, four, two]
  for (const limit of [1, 2, 3, 5, 6, 7, 8, 100]) {
    expect(await allPages('sort=due', limit)).toEqual(due)
    expect(await allPages('sort=recent', limit)).toEqual(recent)
  }
  expect(await allPages('view=closed', 10)).toEqual([eight])
  at(49)
  expect(await allPages('view=at_risk', 2)).toEqual([two, four, five])
  at(120)
  expect((await okno.call('GET', '/conversations/counts')).body).toEqual({
    mine: 2,
    unassigned: 5,
    all: 7,
    at_risk: 5,
    oldestWaiting: {
      mine: null,
      unassigned: new Date(start + 60_000).toISOString(),
      all: new Date(start + 60_000).toISOString(),
    },
  })
})

test('filters narrow, and a filter or cursor that is none is refused', async () => {
  const other = await anAccount(okno, { name: 'Другой' })
  const { id } = await aConversation(okno, other)
  await okno.call('PATCH', `/conversations/${id}`, { tags: ['важно'], priority: 'high' })
  const list = async (filter: object) =>
    (await okno.call('GET', `/conversations?limit=200&filter=${encodeURIComponent(JSON.stringify(filter))}`)).body.items

  expect(await list({ accountId: other.id })).toMatchObject([{ id }])
  expect(await list({ tag: 'важно' })).toMatchObject([{ id }])
  expect(await list({ priority: ['high'], status: ['new'] })).toMatchObject([{ id }])
  expect(await list({ channel: 'email' })).toEqual([])
  expect(await list({ status: ['closed'] })).toMatchObject([{ status: 'closed' }])
  expect(await list({ ownerId: null, accountId: other.id })).toHaveLength(1)
  const asked = (query: string) =>
    okno.call('GET', `/conversations?${query}`).then(({ status, body }) => [status, body.code])
  expect(await asked('filter={')).toEqual([422, 'request.filter'])
  expect(await asked(`filter=${encodeURIComponent('{"secret":1}')}`)).toEqual([422, 'request.filter'])
  expect(await asked('cursor=abc')).toEqual([400, 'request.cursor'])
  expect(await asked(`cursor=${btoa('["due",1,"x"]')}`)).toEqual([400, 'request.cursor'])
})

test('a thread is read from its end in pages, and from a place onwards', async () => {
  const { id, sender, fact } = await aConversation(okno, shop)
  for (let i = 2; i <= 7; i++) await receive(okno, shop, [aMessage({ sender, threads: fact.threads, text: `${i}` })])
  const read = async (query: string) => (await okno.call('GET', `/conversations/${id}/messages?${query}`)).body
  const seqs = ({ items }: { items: { seq: number }[] }) => items.map(({ seq }) => seq)

  const last = await read('limit=3')
  const before = await read(`limit=3&cursor=${last.nextCursor}`)
  const first = await read(`limit=3&cursor=${before.nextCursor}`)

  expect([seqs(last), seqs(before), seqs(first), first.nextCursor]).toEqual([[5, 6, 7], [2, 3, 4], [1], null])
  expect(seqs(await read('beforeSeq=3'))).toEqual([1, 2])
  expect(seqs(await read('afterSeq=5'))).toEqual([6, 7])
  expect(await threadOf(okno, id)).toHaveLength(7)
})

const rows = async (values: Record<string, string>) =>
  (await okno.call('GET', `/objects/conversation/rows?${new URLSearchParams({ fields: 'companies', ...values })}`)).body
const idsOf = ({ items }: { items: { id: string }[] }) => items.map(({ id }) => id)

test('the table shows and finds conversations by the companies where the customer works, also by a card that was joined to another', async () => {
  const make = async (path: string, draft: object) => (await okno.call('POST', path, draft)).body.id as string
  const works = (personId: string, companyId: string, until: string | null = null) =>
    okno.call('PUT', `/people/${personId}/companies/${companyId}`, { until })
  const [oak, elm] = [await make('/companies', { name: 'ООО «Дуб»' }), await make('/companies', { name: 'ООО «Вяз»' })]
  const here = await aConversation(okno, shop, { sender: 'here@companies.test' })
  const hidden = await aConversation(okno, shop, { sender: 'hidden@companies.test' })
  const left = await aConversation(okno, shop, { sender: 'left@companies.test' })
  await works(here.person.id, oak)
  await works(left.person.id, oak, '2020-01-01')
  const shown = await make('/people', { name: 'Пётр Дубов' })
  await works(shown, oak)
  await works(hidden.person.id, elm)
  const merge = await okno.call('POST', '/merges', { keptId: shown, hiddenId: hidden.person.id })
  expect(merge.status, JSON.stringify(merge.body)).toBe(201)

  const at = (value: string) => JSON.stringify({ field: 'companies', op: 'eq', value })
  const page = await rows({ filter: at(oak), sort: 'number' })
  expect(idsOf(page)).toEqual([here.id, hidden.id])
  expect(page.items[0].values.companies).toEqual([oak])
  expect(page.items[1].values.companies.toSorted()).toEqual([oak, elm].toSorted())
  expect(page.names.company).toEqual({ [oak]: 'ООО «Дуб»', [elm]: 'ООО «Вяз»' })
  expect(idsOf(await rows({ filter: at(elm) }))).toEqual([hidden.id])
  const headed = await okno.call('GET', `/objects/conversation/groups?field=companies&filter=${at(oak)}`)
  expect(headed.body.items).toMatchObject([
    { value: oak, name: 'ООО «Дуб»', counted: { count: 2, precision: 'exact' } },
    { value: elm, name: 'ООО «Вяз»', counted: { count: 1 } },
    { value: null, counted: { count: 0 } },
  ])
  const of = (condition: object) => rows({ filter: JSON.stringify(condition), sort: 'number' })
  expect(idsOf(await of({ field: 'person', op: 'eq', value: shown }))).toEqual([hidden.id])
  const named = { relation: 'person', where: { field: 'name', op: 'eq', value: 'Пётр Дубов' } }
  expect(idsOf(await of(named))).toEqual([hidden.id])
  const none = { all: [{ not: named }, { field: 'companies', op: 'eq', value: elm }] }
  expect(idsOf(await of(none))).toEqual([])
  const byPerson = await okno.call('GET', `/objects/conversation/groups?field=person&filter=${at(elm)}`)
  expect(byPerson.body.items[0]).toEqual({
    value: shown,
    name: 'Пётр Дубов',
    counted: { count: 1, precision: 'exact' },
  })
  const without = JSON.stringify({
    all: [
      { field: 'companies', op: 'empty' },
      { field: 'number', op: 'gte', value: here.number },
    ],
  })
  expect(idsOf(await rows({ filter: without }))).toEqual([left.id])
})

test('the table is searched by words inside messages too, as far as its reader may see them', async () => {
  const { id, sender, fact } = await aConversation(okno, shop, { text: 'Нужна стремянка' })
  await receive(okno, shop, [aMessage({ sender, threads: fact.threads, text: 'Хотя бы алюминиевую' })])
  const named = await aConversation(okno, shop, { subject: 'Стремянка алюминиевая', text: 'Есть?' })

  expect(idsOf(await rows({ q: 'алюминиевая' })).toSorted()).toEqual([id, named.id].toSorted())
  expect(idsOf(await rows({ q: 'стремянка', filter: JSON.stringify({ field: 'subject', op: 'empty' }) }))).toEqual([id])
  const reader = await anOperator(okno)
  await okno.call('PATCH', `/conversations/${id}`, { ownerId: okno.admin.operatorId })
  const seen = await okno.platform.transaction(okno.workspaceId, async (tx) =>
    (await okno.modules.objects.questions(tx, reader.actor)).find({
      object: 'conversation',
      q: 'алюминиевая',
      sort: [],
      limit: 9,
    }),
  )
  expect(seen.items).toEqual([named.id])
})

test('a conversation that words find by several of its messages, and by its subject, is on one page of the table only', async () => {
  const long = await aConversation(okno, shop, { subject: 'Супербагульник', text: 'Есть багульник?' })
  const others: string[] = []
  for (const text of ['Багульник завял', 'Багульник расцвёл', 'Багульнику тесно']) {
    others.push((await aConversation(okno, shop, { text })).id)
    await receive(okno, shop, [aMessage({ sender: long.sender, threads: long.fact.threads, text: 'И ещё багульник' })])
  }
  const told: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body } = await okno.call(
      'GET',
      `/objects/conversation/rows?${new URLSearchParams({ q: 'багульник', fields: 'number', limit: '1', cursor })}`,
    )
    told.push(...body.items.map(({ id }: { id: string }) => id))
    cursor = body.nextCursor
  }
  expect(told).toEqual([long.id, ...others.toReversed()])
})

test('a conversation and a card that an arrival opens begin with the defaults of own fields; what the arrival says goes before', async () => {
  const field = async (object: string, key: string, initial: unknown, more: object = {}) =>
    expect(
      (
        await okno.call('POST', `/objects/${object}/fields`, {
          key,
          type: 'text',
          label: { en: key, ru: key },
          default: initial,
          ...more,
        })
      ).status,
    ).toBe(201)
  await field('person', 'tier', 'basic')
  await field('person', 'branch', 'north')
  await field('person', 'nothing', null)
  await field('conversation', 'urgent', false, { type: 'boolean' })
  const from = { address: 'claims@defaults.test', identities: [], claims: { branch: 'south' } }
  await receive(okno, shop, [
    aMessage({ sender: 'one@defaults.test' }),
    aMessage({ from: { ...from, identities: [{ kind: 'email', value: from.address, proven: true }] } }),
  ])

  const [one] = await conversationsOf(okno, 'one@defaults.test')
  const [two] = await conversationsOf(okno, from.address)
  const customOf = async (id: string) => (await okno.call('GET', `/people/${id}`)).body.custom
  expect([one.custom, two.custom]).toEqual([{ urgent: false }, { urgent: false }])
  expect(await customOf(one.person.id)).toEqual({ tier: 'basic', branch: 'north' })
  expect(await customOf(two.person.id)).toEqual({ tier: 'basic', branch: 'south' })
})
