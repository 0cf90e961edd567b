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
import { eventually, type TestOkno, testPlatform } from '../../../tests/support/platform.ts'

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

test('what was closed is counted and told as reopened, whatever it becomes', async () => {
  const { id, person } = await aConversation(okno, shop)
  const snooze = { status: 'snoozed', snoozedUntil: '2030-01-01T00:00:00Z' }

  for (const again of [{ status: 'waiting' }, { status: 'waiting' }, snooze]) {
    await patch(id, { status: 'closed' })
    await patch(id, again)
  }
  await patch(id, { status: 'closed' })

  const kinds = await kindsOfTimeline(person.id)
  expect(kinds.filter((kind: string) => kind === 'inbox.conversation_closed')).toHaveLength(4)
  expect(kinds.filter((kind: string) => kind === 'inbox.conversation_reopened')).toHaveLength(3)
})

test.each([{ status: 'closed' }, { status: 'waiting' }, { status: 'snoozed', snoozedUntil: '2030-01-01T00:00:00Z' }])(
  'who ends a wait while the customer writes is asked first: $status',
  async (change) => {
    const { id, sender, fact, lastSeq: seenSeq } = await aConversation(okno, shop)
    await receive(okno, shop, [aMessage({ sender, threads: fact.threads })])

    const unseen = await patch(id, { ...change, seenSeq })
    const { body: kept } = await okno.call('GET', `/conversations/${id}`)
    const seen = await patch(id, { ...change, seenSeq: kept.lastSeq })

    expect(unseen).toMatchObject({ status: 409, body: { code: 'inbox.thread_moved', params: { count: 1 } } })
    expect(kept).toMatchObject({ status: 'new', waitingSince: now.toISOString() })
    expect(seen).toMatchObject({ status: 200, body: { status: change.status } })
  },
)

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

test('what is written while an answer is still on its way stays a draft', async () => {
  const { id } = await aConversation(okno, shop)
  const place = `/conversations/${id}/draft`
  const next = { mode: 'reply', text: 'И ещё вопрос:', fileIds: [] }
  await anna.call('PUT', place, next)

  await anna.call('POST', `/conversations/${id}/replies`, { text: 'Добрый день' })
  await anna.call('POST', `/conversations/${id}/notes`, { text: 'Торопится' })

  expect((await anna.call('GET', place)).body).toEqual(next)
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

const cells = (id: string, values: object, call = okno.call) =>
  call('PATCH', `/objects/conversation/values/${id}`, { values })

test('a cell of a list is changed as the window would: lines in the thread, timeline, tags, and the same refusals', async () => {
  const { id, person } = await aConversation(okno, shop)

  expect((await cells(id, { tags: ['возврат'], priority: 'high', owner: anna.id })).body.values).toEqual({
    tags: ['возврат'],
    priority: 'high',
    owner: anna.id,
  })
  await cells(id, { status: 'closed' })

  const codes = (await eventsOf(id)).map(({ code }: { code: string }) => code)
  expect(codes).toEqual(['priority_changed', 'tags_changed', 'assigned', 'closed'])
  expect(await kindsOfTimeline(person.id)).toContain('inbox.conversation_closed')
  expect((await cells(id, { status: 'snoozed' })).body.errors).toMatchObject([{ path: 'status' }])
  expect((await cells(id, { number: 7 })).body.errors).toMatchObject([{ code: 'objects.field_forbidden' }])
  expect((await cells(id, { tags: ['x'.repeat(80)] })).body.errors).toMatchObject([{ path: 'tags' }])
  expect((await okno.call('POST', '/imports?object=conversation', {})).status).not.toBe(201)
})

test('a list tells the channel behind the account, the names of people, and what has no subject by its last words', async () => {
  const { id, person } = await aConversation(okno, shop, { text: 'Где мой диван?' })
  const filter = encodeURIComponent(JSON.stringify({ field: 'person', op: 'eq', value: person.id }))

  const { body } = await okno.call(
    'GET',
    `/objects/conversation/rows?fields=subject,channel,person,account&sort=-number&filter=${filter}`,
  )

  expect(body.items).toEqual([
    { id, name: 'Где мой диван?', values: { subject: '', channel: 'api', person: person.id, account: shop.id } },
  ])
  expect(body.names.person[person.id]).toBe('Анна Петрова')
  const groups = await okno.call('GET', `/objects/conversation/groups?field=channel&filter=${filter}`)
  expect(groups.body.items).toContainEqual({ value: 'api', name: null, counted: { count: 1, precision: 'exact' } })
})

test('own fields of a conversation are kept, checked, found by and hidden from roles below them', async () => {
  const label = (text: string) => ({ en: text, ru: text })
  const field = (one: object) => okno.call('POST', '/objects/conversation/fields', one)
  await field({ key: 'order', type: 'text', label: label('Order'), isUnique: true })
  await field({
    key: 'loss',
    type: 'number',
    label: label('Loss'),
    rights: { read: 'supervisor', edit: 'supervisor' },
  })
  const [one, other] = [await aConversation(okno, shop), await aConversation(okno, shop)]

  const filled = await patch(one.id, { custom: { order: 'A-7', loss: 300 } })
  expect(filled.body.custom).toEqual({ order: 'A-7', loss: 300 })
  expect((await patch(other.id, { custom: { order: 'a-7' } })).body.code).toBe('objects.value_taken')
  expect((await patch(other.id, { custom: { loss: 'many' } })).body.code).toBe('objects.value_wrong')
  const filter = encodeURIComponent(JSON.stringify({ field: 'custom.order', op: 'eq', value: 'a-7' }))
  expect((await okno.call('GET', `/conversations?filter=${filter}`)).body.items).toMatchObject([{ id: one.id }])
  expect((await anna.call('GET', `/conversations/${one.id}`)).body.custom).toEqual({ order: 'A-7' })
  expect((await anna.call('PATCH', `/conversations/${one.id}`, { custom: { loss: 1 } })).status).toBe(422)
  await receive(okno, shop, [aMessage({ sender: one.sender, threads: one.fact.threads })])
  expect((await cells(one.id, { 'custom.order': null })).body.values).toEqual({ 'custom.order': null })
  expect((await okno.call('GET', `/conversations/${one.id}`)).body.custom).toEqual({ loss: 300 })
})

test('conversations closed in bulk by mistake come back with the wait they had', async () => {
  const talks = [await aConversation(okno, shop), await aConversation(okno, shop), await aConversation(okno, shop)]
  const [waits, snoozed, answered] = talks.map(({ id }) => id)
  const until = new Date(now.getTime() + 3_600_000).toISOString()
  await patch(snoozed ?? '', { status: 'snoozed', snoozedUntil: until })
  const show = async (id = '') => (await okno.call('GET', `/conversations/${id}`)).body
  const before = await show(waits)
  const ended = (id: string) =>
    eventually(async () => {
      const { body } = await okno.call('GET', `/bulk-edits/${id}`)
      return ['running', 'undoing'].includes(body.state) ? null : body
    })

  const draft = { ids: [waits, snoozed, answered], field: 'status', op: 'set', value: 'closed' }
  const { body } = await okno.call('POST', '/objects/conversation/bulk-edits', draft)
  expect(await ended(body.id)).toMatchObject({ changed: 3 })
  expect(await show(waits)).toMatchObject({ status: 'closed', waitingSince: null, dueAt: null })
  await patch(answered ?? '', { status: 'waiting' })
  await okno.call('POST', `/bulk-edits/${body.id}/undo`)

  expect(await ended(body.id)).toMatchObject({ undone: 2, leftAlone: 1 })
  const { status, waitingSince, dueAt, limitAt } = before
  expect(waitingSince).not.toBeNull()
  expect(await show(waits)).toMatchObject({ status, waitingSince, dueAt, limitAt })
  expect(await show(snoozed)).toMatchObject({ status: 'snoozed', snoozedUntil: until })
  expect((await show(answered)).status).toBe('waiting')
})
