import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Account, aConversation, anAccount, anOperator, type Colleague } from '../../../tests/support/inbox.ts'
import { eventually, type TestOkno, testPlatform } from '../../../tests/support/platform.ts'

let okno: TestOkno
let anna: Colleague
let boris: Colleague
let shop: Account

beforeAll(async () => {
  okno = await testPlatform()
  anna = await anOperator(okno)
  boris = await anOperator(okno)
  shop = await anAccount(okno)
})
afterAll(() => okno.close())

const briefFor = async (who: Colleague, personId: string) => (await who.call('GET', `/people/${personId}/brief`)).body
const filesFor = async (who: Colleague, personId: string) =>
  (await who.call('GET', `/people/${personId}/files`)).body.items

test('the brief names who waits, until the conversation is closed', async () => {
  const { id, person } = await aConversation(okno, shop, { subject: 'Где мой заказ?' })
  expect(await briefFor(anna, person.id)).toMatchObject({
    last: { id, title: 'Где мой заказ?', state: 'waiting', lastFrom: 'customer' },
    mood: null,
    promises: [{ kind: 'answer', id }],
  })
  expect((await briefFor(anna, person.id)).next[0]).toMatchObject({ kind: 'answer', objectId: id })

  await anna.call('PATCH', `/conversations/${id}`, { status: 'closed' })
  const brief = await briefFor(anna, person.id)
  expect(brief).toMatchObject({ last: { id, state: 'closed' }, promises: [] })
  const { items } = (await anna.call('GET', `/people/${person.id}/timeline?kinds=inbox.conversation_closed`)).body
  expect(items).toMatchObject([{ objectId: id, data: { operatorName: anna.name } }])
})

test('what is put off is a promise to come back', async () => {
  const { id, person } = await aConversation(okno, shop)
  const snoozedUntil = new Date(Date.now() + 3_600_000).toISOString()
  await anna.call('PATCH', `/conversations/${id}`, { status: 'snoozed', snoozedUntil })
  expect((await briefFor(anna, person.id)).promises).toMatchObject([{ kind: 'return', id, dueAt: snoozedUntil }])
})

test('nothing is told of a conversation and its files to those who may not see it', async () => {
  const stored = await okno.platform.transaction(okno.workspaceId, (tx) =>
    okno.platform.files.save(tx, { name: 'чек.pdf', mime: 'application/pdf', content: Buffer.from('чек') }),
  )
  const { id, person } = await aConversation(okno, shop, {
    files: [{ fileId: stored.id, name: 'чек.pdf', inline: false }],
  })
  await okno.call('PATCH', `/conversations/${id}`, { ownerId: anna.id })

  expect(await filesFor(anna, person.id)).toMatchObject([{ id: stored.id, name: 'чек.pdf', conversationId: id }])
  expect((await briefFor(anna, person.id)).last.id).toBe(id)
  expect(await filesFor(boris, person.id)).toEqual([])
  expect(await briefFor(boris, person.id)).toMatchObject({ last: null, promises: [] })
})

test('the assignee alone hears of a task when its time comes, once, and not when it was done before', async () => {
  const { person } = await aConversation(okno, shop)
  const task = (title: string, dueAt: Date) =>
    anna.call('POST', `/people/${person.id}/tasks`, { title, dueAt: dueAt.toISOString(), assigneeId: boris.id })
  const heard = async () => {
    const { rows } = await okno.platform.database.pool.query(
      `select data ->> 'title' as title, audience from platform.events where workspace_id = $1 and name = 'customers.task_due'`,
      [okno.workspaceId],
    )
    return rows
  }
  const soon = new Date(Date.now() + 1500)
  const done = await task('Уже сделано', soon)
  await anna.call('PATCH', `/tasks/${done.body.id}`, { isDone: true })
  await task('Перезвонить', soon)
  await eventually(async () => (await heard()).length > 0)
  expect(await heard()).toEqual([{ title: 'Перезвонить', audience: [`operator:${boris.id}`] }])
})
