import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  type Account,
  aConversation,
  aMessage,
  anAccount,
  anOperator,
  aTeam,
  type Colleague,
  receive,
  setPresent,
  threadOf,
} from '../../../tests/support/inbox.ts'
import { eventually, type TestOkno, testPlatform } from '../../../tests/support/platform.ts'

let okno: TestOkno
let teamId: string
let shop: Account
let anna: Colleague
let boris: Colleague
const now = new Date('2026-11-18T09:00:00Z')

beforeAll(async () => {
  okno = await testPlatform({ now: () => now })
  teamId = await aTeam(okno)
  shop = await anAccount(okno, { teamId })
  anna = await anOperator(okno, { teamIds: [teamId], capacity: 2 })
  boris = await anOperator(okno, { teamIds: [teamId], capacity: 4 })
})
afterAll(() => okno.close())
beforeEach(async () => {
  await setPresent(okno, [anna.id, boris.id], false)
  await okno.platform.database.pool.query(
    `update inbox.conversations set status = 'closed', closed_at = now(), waiting_since = null, due_at = null, snoozed_until = null`,
  )
})

const show = async (id: string) => (await okno.call('GET', `/conversations/${id}`)).body
const routed = (id: string) =>
  eventually(async () => {
    const conversation = await show(id)
    return conversation.owner && conversation
  })
const route = () => okno.modules.inbox.route(okno.workspaceId)

test('nobody present: it waits in the queue, says why, and is given out when somebody comes', async () => {
  const { id } = await aConversation(okno, shop)
  const waiting = await eventually(async () => {
    const conversation = await show(id)
    return conversation.routing.code === 'nobody_present' && conversation
  })
  await setPresent(okno, [anna.id])
  await route()

  expect(waiting.owner).toBeNull()
  expect(await show(id)).toMatchObject({
    owner: { id: anna.id },
    status: 'open',
    routing: { code: 'least_loaded', params: { operator: anna.name, load: 0, capacity: 2 } },
  })
  const [, event] = await threadOf(okno, id)
  expect(event).toMatchObject({ direction: 'event', event: { code: 'least_loaded' } })
})

test('a new conversation finds the least loaded by itself', async () => {
  await setPresent(okno, [anna.id, boris.id])
  const owners: string[] = []
  for (let i = 0; i < 6; i++) {
    const { id } = await aConversation(okno, shop)
    owners.push((await routed(id)).owner.id)
  }

  expect(owners.filter((id) => id === anna.id)).toHaveLength(2)
  expect(owners.filter((id) => id === boris.id)).toHaveLength(4)
})

test('room that becomes free goes to whoever waits longest', async () => {
  await setPresent(okno, [anna.id])
  const taken = [await aConversation(okno, shop), await aConversation(okno, shop)]
  for (const { id } of taken) await routed(id)
  const late = aMessage()
  const early = aMessage()
  await receive(okno, shop, [late], new Date(now.getTime() - 60_000))
  await receive(okno, shop, [early], new Date(now.getTime() - 120_000))

  await okno.call('PATCH', `/conversations/${taken[0]?.id}`, { status: 'closed' })

  const list = () =>
    okno.call('GET', `/conversations?view=mine`).then(() => okno.call('GET', '/conversations?sort=due'))
  const ownerOf = async (text: string) =>
    (await list()).body.items.find((one: { waitingSince: string }) => one.waitingSince === text)?.owner
  await eventually(() => ownerOf(new Date(now.getTime() - 120_000).toISOString()))
  expect(await ownerOf(new Date(now.getTime() - 60_000).toISOString())).toBeNull()
})

test("the person's owner gets it first, also with more work at hand", async () => {
  await setPresent(okno, [anna.id, boris.id])
  const known = await aConversation(okno, shop)
  await okno.call('PATCH', `/people/${known.person.id}`, { ownerId: anna.id })
  await okno.call('PATCH', `/conversations/${known.id}`, { status: 'closed' })

  const again = await aConversation(okno, shop, { sender: known.sender })

  expect(await routed(again.id)).toMatchObject({ owner: { id: anna.id }, routing: { code: 'owner_present' } })
})

test('an absent owner does not keep a talk: it goes to somebody present, and to the owner again while present', async () => {
  await setPresent(okno, [anna.id])
  const talk = await aConversation(okno, shop)
  await routed(talk.id)
  const answer = () => anna.call('POST', `/conversations/${talk.id}/replies`, { text: 'Проверяю' })
  const ask = () => receive(okno, shop, [aMessage({ sender: talk.sender, threads: talk.fact.threads })])

  expect((await answer()).status).toBe(201)
  await ask()
  const kept = await show(talk.id)
  await answer()
  await setPresent(okno, [anna.id], false)
  await setPresent(okno, [boris.id])
  await ask()

  expect(kept).toMatchObject({ owner: { id: anna.id }, status: 'open' })
  expect((await routed(talk.id)).owner.id).toBe(boris.id)
})

test('a snooze ends with its owner when present, else in the queue', async () => {
  await setPresent(okno, [anna.id, boris.id])
  const talk = await aConversation(okno, shop)
  const { owner } = await routed(talk.id)
  await okno.call('PATCH', `/conversations/${talk.id}`, {
    status: 'snoozed',
    snoozedUntil: new Date(now.getTime() + 1000),
  })
  const wake = () =>
    okno.platform.database.pool.query('update inbox.conversations set snoozed_until = $2 where id = $1', [talk.id, now])

  await wake()
  const woken = await eventually(async () => {
    const conversation = await show(talk.id)
    return conversation.status === 'open' && conversation
  })

  expect(woken).toMatchObject({ owner, waitingSince: now.toISOString(), snoozedUntil: null })
})

test('two processes that give out a queue at once never give anybody more than they can hold', async () => {
  for (let i = 0; i < 20; i++) await receive(okno, shop, [aMessage()])
  const other = await okno.another()
  await setPresent(okno, [anna.id, boris.id])

  await Promise.all(
    Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? okno : other).modules.inbox.route(okno.workspaceId)),
  )

  const { rows } = await okno.platform.database.pool.query(
    `select owner_id, count(*)::int from inbox.conversations where status = 'open' group by 1 order by 2`,
  )
  expect(rows).toEqual(
    [
      { owner_id: anna.id, count: 2 },
      { owner_id: boris.id, count: 4 },
      { owner_id: null, count: 0 },
    ].filter(({ count }) => count > 0),
  )
  const queue = await okno.call('GET', '/conversations?view=unassigned&limit=200')
  expect(queue.body.items.filter((one: { status: string }) => one.status === 'new')).toHaveLength(14)
  expect(queue.body.items[0].routing).toEqual({ code: 'nobody_free', params: { present: 2 } })
})

test('a team gets only what is its own', async () => {
  const service = await aTeam(okno)
  const repairs = await anAccount(okno, { teamId: service })
  await setPresent(okno, [anna.id, boris.id])

  const { id } = await aConversation(okno, repairs)
  await route()

  expect(await show(id)).toMatchObject({ owner: null, routing: { code: 'nobody_present' } })
})

test('what an operator who left had at hand goes to somebody who is here; what they had answered waits for the customer', async () => {
  const vera = await anOperator(okno, { teamIds: [teamId], capacity: 2 })
  await setPresent(okno, [vera.id])
  const asked = await aConversation(okno, shop)
  const answered = await aConversation(okno, shop)
  await routed(asked.id)
  await routed(answered.id)
  await vera.call('POST', `/conversations/${answered.id}/replies`, { text: 'Проверяю' })

  await okno.call('PATCH', `/operators/${vera.id}`, { isArchived: true })
  const released = await eventually(async () => {
    const conversation = await show(asked.id)
    return conversation.owner === null && conversation
  })
  await setPresent(okno, [boris.id])
  await route()

  expect(released).toMatchObject({ status: 'open', waitingSince: now.toISOString() })
  expect((await threadOf(okno, asked.id)).map((one: { event: { code: string } | null }) => one.event?.code)).toContain(
    'returned',
  )
  expect((await show(asked.id)).owner).toMatchObject({ id: boris.id })
  expect(await show(answered.id)).toMatchObject({ status: 'waiting', owner: { id: vera.id } })
})
