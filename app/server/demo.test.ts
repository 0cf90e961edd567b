import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, type TestOkno, testPlatform } from '../../tests/support/platform.ts'
import { type Demo, seedDemo } from './demo.ts'

let okno: TestOkno
let demo: Demo
beforeAll(async () => {
  okno = await testPlatform()
  demo = await seedDemo(okno.modules, okno.platform, okno.workspaceId)
})
afterAll(() => okno.close())

interface Row {
  id: string
  number: number
  status: string
  createdAt: string
  lastMessageAt: string
  account: { kind: string }
  person: { id: string; name: string }
  owner: { name: string } | null
}

const list = async (view: string): Promise<Row[]> =>
  (await okno.call('GET', `/conversations?limit=200&sort=recent&view=${view}`)).body.items
const everything = async () => [...(await list('all')), ...(await list('closed'))]
const one = async (view: string, name: string) => {
  const found = (await list(view)).find(({ person }) => person.name === name)
  if (!found) throw new Error(`No conversation with ${name} in ${view}`)
  return found
}

test('the company is there: operators, companies, people and their talks by every channel', async () => {
  const conversations = await everything()

  expect((await okno.call('GET', '/operators')).body.items).toHaveLength(7)
  expect((await okno.call('GET', '/companies?limit=200')).body.items).toHaveLength(10)
  expect((await okno.call('GET', '/people?limit=200')).body.items.length).toBeGreaterThanOrEqual(40)
  expect(conversations.length).toBeGreaterThanOrEqual(58)
  expect(new Set(conversations.map(({ account }) => account.kind))).toEqual(new Set(['email', 'webchat', 'form']))
  expect(new Set(conversations.map(({ status }) => status))).toEqual(
    new Set(['new', 'open', 'waiting', 'snoozed', 'closed']),
  )
})

test('the story is told in order, and nothing of it lies ahead', async () => {
  const conversations = (await everything()).toSorted((a, b) => a.number - b.number)
  const begins = conversations.map(({ createdAt }) => createdAt)

  expect(begins).toEqual(begins.toSorted())
  for (const { lastMessageAt } of conversations) expect(Date.parse(lastMessageAt)).toBeLessThanOrEqual(Date.now())
  const { id } = await one('closed', 'Дарья Осипова')
  const { body } = await okno.call('GET', `/conversations/${id}/messages?limit=200`)
  const sent = body.items.map(({ sentAt }: { sentAt: string }) => sentAt)
  expect(sent.length).toBeGreaterThan(5)
  expect(sent).toEqual(sent.toSorted())
})

test('a card has a past, a company, a note, and another card that may be the same', async () => {
  const { person } = await one('all', 'Константин Верхотуров')
  const card = (await okno.call('GET', `/people/${person.id}`)).body
  const timeline = (await okno.call('GET', `/people/${person.id}/timeline`)).body.items

  expect(card).toMatchObject({ lastName: 'Верхотуров', stage: 'customer', city: 'Пермь' })
  expect(card.employments).toMatchObject([{ companyName: 'ООО «Квадрат»', position: 'Главный инженер' }])
  expect(timeline.length).toBeGreaterThanOrEqual(5)

  const twice = (await okno.call('GET', `/people?q=${encodeURIComponent('Ольга Смирнова')}`)).body.items
  const { likenesses } = (await okno.call('GET', `/people/${twice[0].id}`)).body
  expect(likenesses).toMatchObject([{ name: 'Ольга Смирнова' }])
})

test('who asked by a form and answered by mail is one person with a proven address', async () => {
  const { person } = await one('all', 'Алина Гусева')
  const card = (await okno.call('GET', `/people/${person.id}`)).body

  expect(card.likenesses).toEqual([])
  expect(card.identities).toContainEqual(expect.objectContaining({ kind: 'email', proven: true }))
})

test('nothing of the past is sent, but a visitor of the demo can be answered', async () => {
  const count = async (where: string) =>
    (await okno.platform.database.pool.query(`select count(*)::int as n from channels.deliveries where ${where}`))
      .rows[0].n
  expect(await count('true')).toBe(0)

  const { id } = await one('all', 'Тимур Сафин')
  const reply = await okno.call('POST', `/conversations/${id}/replies`, { text: 'Тёплый пол под шкафом не мешает.' })
  expect(reply.status).toBeLessThan(300)
  await eventually(async () => (await count(`state in ('sent', 'delivered')`)) === 1)
})

test('its operators sign in with the password of this database only', async () => {
  const signIn = (email: string, password: string) =>
    fetch(`${okno.url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'http://localhost' },
      body: JSON.stringify({ email, password }),
    })

  for (const email of demo.emails) expect((await signIn(email, demo.password)).status).toBe(200)
  expect((await signIn(demo.emails[0] ?? '', 'okno-demo')).status).toBe(401)
})
