import { randomUUID } from 'node:crypto'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { visit } from '../../../tests/support/chat-server.ts'
import { aConversation, anAccount, anOperator, aTeam, type Colleague } from '../../../tests/support/inbox.ts'
import { eventually, type TestOkno, testPlatform } from '../../../tests/support/platform.ts'

let okno: TestOkno
let anna: Colleague
let boris: Colleague
let conversationId: string
let teamId: string
const windows: Socket[] = []

beforeAll(async () => {
  okno = await testPlatform()
  teamId = await aTeam(okno)
  anna = await anOperator(okno, { teamIds: [teamId] })
  boris = await anOperator(okno, { teamIds: [teamId] })
  conversationId = (await aConversation(okno, await anAccount(okno, { teamId }))).id
})
afterAll(async () => {
  for (const window of windows) window.disconnect()
  await okno.close()
})

/** A window that remembers what it hears. */
async function open(who: Colleague) {
  const heard: [name: string, data: object][] = []
  const socket = io(`${okno.url}/operators`, {
    transports: ['websocket'],
    extraHeaders: { cookie: await who.cookie() },
    forceNew: true,
  })
  windows.push(socket)
  for (const name of ['viewing', 'typing']) socket.on(name, (data: object) => heard.push([name, data]))
  await new Promise<void>((resolve) => socket.once('hello', () => resolve()))
  return { socket, heard }
}

test('who looks and who types is heard by those who may see the conversation, and leaving is heard too', async () => {
  const [one, other] = [await open(anna), await open(boris)]

  one.socket.emit('viewing', { conversationId })
  one.socket.emit('typing', { conversationId, mode: 'reply' })
  await eventually(() => other.heard.length >= 2)
  one.socket.disconnect()
  await eventually(() => other.heard.length >= 3)

  const who = { conversationId, operatorId: anna.id, name: anna.name }
  expect(other.heard).toContainEqual(['viewing', { ...who, isViewing: true }])
  expect(other.heard).toContainEqual(['typing', { ...who, isVisitor: false }])
  expect(other.heard.at(-1)).toEqual(['viewing', { ...who, isViewing: false }])
})

test('nonsense and conversations of others are passed over in silence', async () => {
  await okno.call('PATCH', `/conversations/${conversationId}`, { teamId: null, ownerId: anna.id })
  const [one, other] = [await open(anna), await open(boris)]

  other.socket.emit('typing', { conversationId })
  other.socket.emit('typing', 'abc')
  other.socket.emit('viewing', { conversationId: 42 })
  one.socket.emit('typing', { conversationId, mode: 'note' })
  await eventually(() => one.heard.length > 0)

  expect(one.heard).toEqual([['typing', expect.objectContaining({ operatorId: anna.id })]])
  expect(other.heard).toEqual([])
})

test('a visitor who writes in the site chat is seen by those who may see the conversation', async () => {
  const account = await okno.modules.channels.createAccount(okno.admin, { kind: 'webchat', name: 'Чат', config: {} })
  const visitor = await visit(okno.url, { account: account.key })
  await visitor.ask('say', { key: randomUUID(), text: 'Есть кто?' })
  const { id } = await eventually(async () => {
    const { body } = await okno.call('GET', '/conversations?view=all&sort=recent')
    return body.items.find((one: { account: { id: string } }) => one.account.id === account.id)
  })
  await okno.call('PATCH', `/conversations/${id}`, { teamId: null, ownerId: anna.id })
  const [one, other] = [await open(anna), await open(boris)]

  await visitor.ask('typing')
  await eventually(() => one.heard.length > 0)

  expect(one.heard).toEqual([
    ['typing', { conversationId: id, operatorId: null, name: expect.any(String), isVisitor: true }],
  ])
  expect(other.heard).toEqual([])
  visitor.leave()
})

/** Somebody asks whether they may see a conversation, and is kept waiting. */
const WAITING = `select from pg_stat_activity
  where datname = current_database() and wait_event_type = 'Lock' and query like '%"inbox"."conversations" as "c"%'`

test('a window that is closed while its look is still being told leaves nobody behind', async () => {
  // Their team's, so that both may see it to whomever of them it is given meanwhile.
  const { id } = await aConversation(okno, await anAccount(okno, { teamId }))
  const [one, other] = [await open(anna), await open(boris)]

  const { pool } = okno.platform.database
  const client = await pool.connect()
  await client.query('begin; lock table inbox.conversations in access exclusive mode')
  one.socket.emit('viewing', { conversationId: id })
  await eventually(async () => (await pool.query(WAITING)).rows.length > 0)
  one.socket.disconnect()
  await client.query('rollback')
  client.release()
  await eventually(() => other.heard.length >= 2)

  expect(other.heard).toMatchObject([
    ['viewing', { conversationId: id, isViewing: true }],
    ['viewing', { conversationId: id, isViewing: false }],
  ])
})
