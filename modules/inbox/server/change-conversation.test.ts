import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type Account,
  aConversation,
  aMessage,
  anAccount,
  anOperator,
  aTeam,
  type Colleague,
  receive,
  threadOf,
} from '../../../tests/support/inbox.ts'
import { type TestOkno, testPlatform } from '../../../tests/support/platform.ts'

let okno: TestOkno
let shop: Account
let anna: Colleague
const now = new Date('2026-11-18T09:00:00Z')

beforeAll(async () => {
  okno = await testPlatform({ now: () => now })
  shop = await anAccount(okno)
  anna = await anOperator(okno)
})
afterAll(() => okno.close())

const patch = (id: string, body: object) => okno.call('PATCH', `/conversations/${id}`, body)
const eventsOf = async (id: string) =>
  (await threadOf(okno, id)).flatMap((one: { event: { code: string; params: object } | null }) => one.event ?? [])
const kindsOfTimeline = async (personId: string) =>
  (await okno.call('GET', `/people/${personId}/timeline`)).body.items.map(({ kind }: { kind: string }) => kind)

test('every change leaves a line in the thread; what is so already changes nothing', async () => {
  const { id } = await aConversation(okno, shop)
  const change = { subject: 'Возврат', priority: 'high', tags: ['возврат', 'срочно'] }

  const changed = await patch(id, change)
  const same = await patch(id, change)
  await patch(id, { tags: ['возврат'] })

  expect(changed.body).toMatchObject({ ...change, lastSeq: 4 })
  expect(same.body.lastSeq).toBe(4)
  expect(await eventsOf(id)).toEqual([
    { code: 'subject_changed', params: { subject: 'Возврат' } },
    { code: 'priority_changed', params: { priority: 'high' } },
    { code: 'tags_changed', params: { added: 'возврат, срочно', removed: '' } },
    { code: 'tags_changed', params: { added: '', removed: 'срочно' } },
  ])
  expect((await okno.call('GET', '/tags')).body.items).toEqual(['возврат', 'срочно'])
  const found = await okno.call('GET', `/conversations?q=${encodeURIComponent('возврат')}`)
  expect(found.body.items).toMatchObject([{ id }])
})

test('closing ends the wait and stands in the timeline, as does opening again', async () => {
  const { id, person } = await aConversation(okno, shop)

  const closed = await patch(id, { status: 'closed' })
  const open = await patch(id, { status: 'open' })

  expect(closed.body).toMatchObject({ status: 'closed', closedAt: now.toISOString(), waitingSince: null, dueAt: null })
  expect(open.body).toMatchObject({ status: 'open', closedAt: null })
  expect(await kindsOfTimeline(person.id)).toEqual(
    expect.arrayContaining(['inbox.conversation_opened', 'inbox.conversation_closed', 'inbox.conversation_reopened']),
  )
})

test('a snooze needs a moment in the future; a word of the customer ends it', async () => {
  const { id, sender, fact } = await aConversation(okno, shop)

  const past = await patch(id, { status: 'snoozed', snoozedUntil: '2020-01-01T00:00:00Z' })
  const never = await patch(id, { status: 'snoozed' })
  const snoozed = await patch(id, { status: 'snoozed', snoozedUntil: '2030-01-01T00:00:00Z' })
  await receive(okno, shop, [aMessage({ sender, threads: fact.threads })])

  expect([past.body.code, never.body.code]).toEqual(['inbox.snooze_time', 'inbox.snooze_time'])
  expect(snoozed.body).toMatchObject({ status: 'snoozed', snoozedUntil: '2030-01-01T00:00:00.000Z', dueAt: null })
  expect((await okno.call('GET', `/conversations/${id}`)).body).toMatchObject({ status: 'open', snoozedUntil: null })
})

test('a transfer to a team puts it into that queue; back to the queue it is nobody’s', async () => {
  const teamId = await aTeam(okno, 'Ремонт')
  const { id } = await aConversation(okno, shop)
  await patch(id, { ownerId: anna.id })

  const moved = await patch(id, { teamId, handover: 'Нужен мастер' })
  await patch(id, { ownerId: anna.id })
  const returned = await patch(id, { ownerId: null })

  expect(moved.body).toMatchObject({ team: { id: teamId, name: 'Ремонт' }, owner: null, lastText: expect.any(String) })
  expect(returned.body.owner).toBeNull()
  expect((await eventsOf(id)).map(({ code }: { code: string }) => code)).toEqual([
    'assigned',
    'team_changed',
    'returned',
    'assigned',
    'returned',
  ])
})

test('fields that a patch does not know, and words that cannot be stored, are handled', async () => {
  const { id } = await aConversation(okno, shop)

  const unknown = await patch(id, { number: 1 })
  const zero = await patch(id, { subject: 'до\0после', tags: ['a\0b'], handover: 'c\0d' })

  expect(unknown.status).toBe(422)
  expect(zero).toMatchObject({ status: 200, body: { subject: 'допосле', tags: ['ab'] } })
})

test('notes end no wait and are never sent', async () => {
  const { id } = await aConversation(okno, shop)

  const key = { 'idempotency-key': id }
  const note = await anna.call('POST', `/conversations/${id}/notes`, { text: 'Клиент злится' }, key)
  const again = await anna.call('POST', `/conversations/${id}/notes`, { text: 'Клиент злится' }, key)

  expect(again.body.id).toBe(note.body.id)
  expect(note).toMatchObject({
    status: 201,
    body: { direction: 'note', delivery: null, from: { operatorId: anna.id } },
  })
  expect((await okno.call('GET', `/conversations/${id}`)).body).toMatchObject({
    status: 'new',
    waitingSince: now.toISOString(),
    lastText: 'Здравствуйте! Где мой заказ?',
  })
})

test('what was read is remembered for each operator; own deeds are no news', async () => {
  const { id } = await aConversation(okno, shop)
  const unread = async (who: { call: TestOkno['call'] }) => (await who.call('GET', `/conversations/${id}`)).body.unread

  const before = await unread(anna)
  await anna.call('PUT', `/conversations/${id}/read`, { seq: 1000 })
  const read = await unread(anna)
  await anna.call('PATCH', `/conversations/${id}`, { priority: 'urgent' })
  await anna.call('POST', `/conversations/${id}/notes`, { text: 'я' })

  expect([before, read, await unread(anna), await unread(okno)]).toEqual([1, 0, 0, 3])
})

test('what a colleague answers is no news for the others', async () => {
  const { id } = await aConversation(okno, shop)

  await anna.call('PATCH', `/conversations/${id}`, { ownerId: anna.id })

  const unread = async (who: { call: TestOkno['call'] }) => (await who.call('GET', `/conversations/${id}`)).body.unread
  // The customer's words and the line that says whose they are now.
  expect([await unread(anna), await unread(okno)]).toEqual([2, 0])
})

test('a draft belongs to its writer, and is gone when sent', async () => {
  const { id } = await aConversation(okno, shop)
  const place = `/conversations/${id}/draft`
  const draft = { mode: 'reply', text: 'Добрый д', fileIds: [] }

  const none = await anna.call('GET', place)
  await anna.call('PUT', place, draft)
  const kept = await anna.call('GET', place)
  const others = await okno.call('GET', place)
  await anna.call('POST', `/conversations/${id}/replies`, { text: 'Добрый день' })

  expect([none.body, kept.body, others.body]).toEqual([null, draft, null])
  expect((await anna.call('GET', place)).body).toBeNull()
})

test('settings are changed by an administrator and decide the next norm', async () => {
  const refused = await anna.call('PATCH', '/inbox/settings', { reopenDays: 1 })
  const changed = await okno.call('PATCH', '/inbox/settings', { firstAnswerMinutes: 30 })
  const { dueAt } = await aConversation(okno, shop)
  await okno.call('PATCH', '/inbox/settings', { firstAnswerMinutes: 60 })

  expect(refused.status).toBe(403)
  expect(changed).toMatchObject({ status: 200, body: { firstAnswerMinutes: 30, reopenDays: 7 } })
  expect(dueAt).toBe('2026-11-18T09:30:00.000Z')
})

test('snippets: shared by all, kept by supervisors, one per shortcut', async () => {
  const draft = { shortcut: 'привет', title: 'Приветствие', text: 'Здравствуйте!' }

  const added = await okno.call('POST', '/snippets', draft)
  const twice = await okno.call('POST', '/snippets', { ...draft, shortcut: 'Привет' })
  const refused = await anna.call('POST', '/snippets', { ...draft, shortcut: 'пока' })
  const other = await okno.call('POST', '/snippets', { ...draft, shortcut: 'пока' })
  const clash = await okno.call('PATCH', `/snippets/${other.body.id}`, { shortcut: 'привет' })
  const renamed = await okno.call('PATCH', `/snippets/${added.body.id}`, { title: 'Начало' })
  const first = await anna.call('GET', '/snippets?limit=1')
  const second = await anna.call('GET', `/snippets?limit=1&cursor=${first.body.nextCursor}`)
  const removed = await okno.call('DELETE', `/snippets/${added.body.id}`)

  expect([added.status, twice.status, refused.status, clash.status]).toEqual([201, 409, 403, 409])
  expect(renamed.body).toMatchObject({ title: 'Начало', text: 'Здравствуйте!' })
  expect([first.body.items[0].shortcut, second.body.items[0].shortcut, second.body.nextCursor]).toEqual([
    'пока',
    'привет',
    null,
  ])
  expect(removed.status).toBe(204)
  expect((await okno.call('DELETE', `/snippets/${added.body.id}`)).status).toBe(404)
})
