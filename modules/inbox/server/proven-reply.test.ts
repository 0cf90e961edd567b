import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Account, aConversation, aMessage, anAccount, receive, threadOf } from '../../../tests/support/inbox.ts'
import { type TestOkno, testPlatform } from '../../../tests/support/platform.ts'
import type { MessageFact } from './uses.ts'

let okno: TestOkno
let shop: Account
beforeAll(async () => {
  okno = await testPlatform()
  shop = await anAccount(okno)
})
afterAll(() => okno.close())

/** A visitor of the chat who left an e-mail. */
async function aVisitorWhoLeft(email: string) {
  const visitor = randomUUID()
  const from: MessageFact['from'] = {
    address: visitor,
    name: 'Вера',
    identities: [
      { kind: 'visitor', value: visitor, proven: true },
      { kind: 'email', value: email, proven: false },
    ],
  }
  const conversation = await aConversation(okno, shop, { from })
  await okno.call('POST', `/conversations/${conversation.id}/replies`, { text: 'Ответ, с которым уходит ключ' })
  return conversation
}

const saidBy = async (id: string) =>
  (await threadOf(okno, id)).filter((one: { direction: string }) => one.direction === 'in')
const peopleWith = async (email: string): Promise<{ person_id: string; proven: boolean }[]> =>
  (
    await okno.platform.database.pool.query(
      'select person_id, proven from customers.identities where workspace_id = $1 and value = $2',
      [okno.workspaceId, email],
    )
  ).rows

test('a talk that began in the chat goes on by mail with the same person', async () => {
  const { id, person } = await aVisitorWhoLeft('vera@example.test')

  await receive(okno, shop, [aMessage({ sender: 'vera@example.test', threads: [`reply:${id}`, randomUUID()] })])

  expect(await saidBy(id)).toHaveLength(2)
  expect(await peopleWith('vera@example.test')).toEqual([{ person_id: person.id, proven: true }])
})

test("a colleague in copy and a machine's answer prove nothing", async () => {
  const { id, person } = await aVisitorWhoLeft('boss@example.test')
  const threads = () => [`reply:${id}`, randomUUID()]

  await receive(okno, shop, [aMessage({ sender: 'colleague@example.test', threads: threads() })])
  await receive(okno, shop, [aMessage({ sender: 'boss@example.test', threads: threads(), automatic: 'auto_reply' })])

  expect(await saidBy(id)).toHaveLength(3)
  expect((await peopleWith('colleague@example.test')).map((one) => one.person_id)).not.toContain(person.id)
  expect((await peopleWith('boss@example.test')).find((one) => one.person_id === person.id)?.proven).toBe(false)
})

test('two forms in one batch with the same typed address are two people with a talk each', async () => {
  const typed = 'typed@example.test'
  const form = () =>
    aMessage({ from: { address: typed, name: 'Форма', identities: [{ kind: 'email', value: typed, proven: false }] } })

  await receive(okno, shop, [form(), form()])

  const people = (await peopleWith(typed)).map((one) => one.person_id)
  expect(new Set(people).size).toBe(2)
  for (const personId of people) {
    const filter = encodeURIComponent(JSON.stringify({ personId }))
    expect((await okno.call('GET', `/conversations?filter=${filter}`)).body.items).toHaveLength(1)
  }
})
