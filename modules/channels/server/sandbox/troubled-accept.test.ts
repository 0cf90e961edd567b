import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { isOutage } from '#platform/server/outage'
import { eventually, openChannels, otherCompany, type TestChannels } from '../../../../tests/support/channels.ts'
import { visit } from '../../../../tests/support/chat-server.ts'
import type { Account } from '../../contract/accounts.ts'
import type { SandboxIntake } from '../../contract/sandbox.ts'
import type { RawInput } from '../channel-adapter.ts'
import { troubledAccept } from './troubled-accept.ts'

const REF = { workspaceId: randomUUID(), accountId: randomUUID() }
const RAW: RawInput = { key: 'k', receivedAt: new Date(), headers: {}, body: Buffer.from('words') }

function door(trouble?: Partial<SandboxIntake>) {
  const taken: RawInput[] = []
  const all = { accountId: REF.accountId, duplicates: 0, delayMs: 0, isDown: false, ...trouble }
  const accept = troubledAccept(
    async (_ref, raw) => ({ isNew: taken.push(raw) === 1 }),
    (accountId) => (trouble && accountId === REF.accountId ? all : undefined),
  )
  return { accept, taken }
}

test('repeats hand over the same arrival, which is new once', async () => {
  const { accept, taken } = door({ duplicates: 5 })
  expect(await accept(REF, RAW)).toEqual({ isNew: true })
  expect(taken).toEqual(Array(6).fill(RAW))
})

test('a delay holds the arrival back', async () => {
  const { accept, taken } = door({ delayMs: 30 })
  const accepted = accept(REF, RAW)
  await Promise.resolve()
  expect(taken).toEqual([])
  await accepted
  expect(taken).toEqual([RAW])
})

test('a broken door refuses as an outage does and hands nothing over', async () => {
  const { accept, taken } = door({ isDown: true })
  expect(isOutage(await accept(REF, RAW).catch((error: unknown) => error))).toBe(true)
  expect(taken).toEqual([])
})

test('an account without trouble passes once', async () => {
  const { accept, taken } = door({ duplicates: 5, isDown: true })
  await accept({ ...REF, accountId: randomUUID() }, RAW)
  expect(taken).toEqual([RAW])
})

let okno: TestChannels
let chat: Account
let form: Account

beforeAll(async () => {
  okno = await openChannels({ env: { OKNO_DEMO: '1' } })
  chat = await okno.account({ kind: 'webchat', name: 'Чат' })
  form = await okno.account({ kind: 'form', name: 'Заявка' })
})
afterAll(() => okno.close())
afterEach(async () => {
  for (const account of [chat, form]) await trouble(account, {})
})

const trouble = ({ id }: Account, intake: Partial<SandboxIntake>) =>
  okno.call('POST', '/api/v1/sandbox/faults', { intake: { accountId: id, ...intake } })
const saying = (text: string) => okno.messages().filter((message) => message.text.includes(text))
const arrivals = async ({ id }: Account) =>
  Number((await okno.rows('select count(*) as n from channels.arrivals where account_id = $1', [id]))[0]?.n)
const filled = (message: string) => ({ name: 'Анна', email: 'a@b.test', message })

test('six times the same words of a chat and of a form are one message each', async () => {
  await trouble(chat, { duplicates: 5 })
  await trouble(form, { duplicates: 5 })
  const visitor = await visit(okno.url, { account: chat.key })
  expect(await visitor.ask('say', { key: randomUUID(), text: 'Один раз в чате' })).toMatchObject({ ok: true })
  expect((await okno.call('POST', `/f/${form.key}`, filled('Один раз в форме'))).status).toBe(202)
  visitor.leave()

  await eventually(() => saying('Один раз').length >= 2)
  expect(saying('Один раз в чате')).toHaveLength(1)
  expect(saying('Один раз в форме')).toHaveLength(1)
})

test('what the broken chat refused is not acknowledged, and arrives once when it is sent again', async () => {
  const before = await arrivals(chat)
  const visitor = await visit(okno.url, { account: chat.key })
  const words = { key: randomUUID(), text: 'Слышно?' }
  await trouble(chat, { isDown: true })
  expect(await visitor.ask('say', words)).toEqual({ ok: false, code: 'chat.failed', isFinal: false })
  expect(await arrivals(chat)).toBe(before)

  await trouble(chat, {})
  const acks = await Promise.all([visitor.ask('say', words), visitor.ask('say', words)])
  expect(acks).toMatchObject([
    { ok: true, seq: 1 },
    { ok: true, seq: 1 },
  ])
  await eventually(() => saying('Слышно?').length > 0)
  expect(await arrivals(chat)).toBe(before + 1)
  visitor.leave()
})

test('a form that cannot be stored says so, keeps what was typed, and can be sent again', async () => {
  const before = await arrivals(form)
  await trouble(form, { isDown: true })
  const json = await okno.call('POST', `/f/${form.key}`, filled('Программой'))
  expect(json).toMatchObject({ status: 503, body: { code: 'channels.not_stored', status: 503 } })
  expect(json.headers.get('content-type')).toContain('application/problem+json')

  const typed = { ...filled('Хочу стол'), _id: 'page-1' }
  const page = await okno.call('POST', `/f/${form.key}`, new URLSearchParams(typed))
  expect(page.status).toBe(503)
  expect(page.body).toMatch(/role="alert"><ul><li>Сейчас принять не получилось/)
  expect(page.body).toContain('>Хочу стол</textarea>')
  expect(page.body).toContain('name="_id" value="page-1"')
  expect(await arrivals(form)).toBe(before)

  await trouble(form, {})
  expect((await okno.call('POST', `/f/${form.key}`, new URLSearchParams(typed))).status).toBe(303)
  await eventually(() => saying('Хочу стол').length > 0)
  expect(await arrivals(form)).toBe(before + 1)
})

test('the switches are remembered, only for chats and forms of the own company', async () => {
  const api = await okno.account({
    kind: 'api',
    name: 'Магазин',
    config: { secret: 'a shared secret of 32 characters' },
  })
  const stranger = await okno.channels.createAccount(await otherCompany(okno), { kind: 'form', name: 'Чужая' })
  expect((await trouble(api, { isDown: true })).status).toBe(404)
  expect((await trouble(stranger, { isDown: true })).status).toBe(404)
  expect((await trouble(form, { duplicates: 21 })).status).toBe(422)

  await trouble(form, { duplicates: 2, delayMs: 1500 })
  const state = async () => (await okno.call('GET', '/api/v1/sandbox')).body.intake
  expect(await state()).toEqual([{ accountId: form.id, duplicates: 2, delayMs: 1500, isDown: false }])
  await trouble(form, {})
  expect(await state()).toEqual([])
})
