import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Account,
  aConversation,
  aMessage,
  anAccount,
  anOperator,
  type Colleague,
  conversationsOf,
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

const aPerson = async (name: string) => (await okno.call('POST', '/people', { name })).body
const move = (id: string, body: object, call = okno.call) => call('POST', `/conversations/${id}/person`, body)
const saidIn = async (id: string) =>
  (await threadOf(okno, id)).filter((one: { direction: string }) => one.direction === 'in')
const linesOf = async (id: string) =>
  (await threadOf(okno, id)).flatMap((one: { event: object | null }) => one.event ?? [])
const kindsOf = async (personId: string) =>
  (await okno.call('GET', `/people/${personId}/timeline`)).body.items.map(({ kind }: { kind: string }) => kind)
const next = (sender: string, thread: string) =>
  receive(okno, shop, [aMessage({ sender, threads: [thread], text: 'И ещё одно' })])

describe('"this is from someone else"', () => {
  test("a conversation becomes another person's, says so on both cards, and what comes into it stays in it", async () => {
    const { id, person, sender, fact } = await aConversation(okno, shop)
    const other = await aPerson('Пётр Петров')

    const moved = await move(id, { scope: 'conversation', personId: other.id })
    await next(sender, fact.threads[0] ?? '')
    await receive(okno, shop, [aMessage({ sender })])

    expect(moved.body).toMatchObject({ id, person: { id: other.id, name: 'Пётр Петров' } })
    expect(await linesOf(id)).toEqual([{ code: 'person_changed', params: { to: 'Пётр Петров' } }])
    expect((await saidIn(id)).map((one: { from: { personId: string } }) => one.from.personId)).toEqual([
      other.id,
      person.id,
    ])
    expect(await kindsOf(person.id)).toContain('inbox.conversation_given')
    expect(await kindsOf(other.id)).toEqual(['inbox.conversation_received', 'customers.person_created'])
    // Only this conversation: a new one by the same address is the holder's.
    expect((await conversationsOf(okno, sender)).map((one: { id: string }) => one.id)).not.toContain(id)
    const { rows } = await okno.platform.database.pool.query(
      `select details from platform.audit_log where action = 'inbox.moved_to_person' and object_id = $1`,
      [id],
    )
    expect(rows).toMatchObject([{ details: { scope: 'conversation', from: person.id, to: other.id } }])
  })

  test('an address goes along: from now on everything by it comes from the other card', async () => {
    const { id, sender } = await aConversation(okno, shop)
    const [message] = await saidIn(id)

    const moved = await move(id, { scope: 'address', messageId: message.id, name: 'Новый Владелец' })
    await receive(okno, shop, [aMessage({ sender })])

    expect(moved.body.person.name).toBe('Новый Владелец')
    const talks = await conversationsOf(okno, sender)
    expect(talks).toHaveLength(2)
    expect(talks.map((one: { person: { id: string } }) => one.person.id)).toEqual([
      moved.body.person.id,
      moved.body.person.id,
    ])
  })

  test('a message alone goes into a conversation of its own; its place tells where it went', async () => {
    const { id, person, sender, fact } = await aConversation(okno, shop)
    await okno.call('PATCH', `/conversations/${id}`, { ownerId: anna.id })
    await next(sender, fact.threads[0] ?? '')
    const [first, second] = await saidIn(id)
    const before = (await okno.call('GET', `/conversations/${id}`)).body

    const moved = (await move(id, { scope: 'message', messageId: second.id, name: 'Сестра Анны' }, anna.call)).body
    const left = (await okno.call('GET', `/conversations/${id}`)).body

    expect(moved).toMatchObject({ person: { name: 'Сестра Анны' }, owner: { id: anna.id }, lastText: 'И ещё одно' })
    expect(await saidIn(moved.id)).toMatchObject([{ id: second.id, seq: 1 }])
    expect(await linesOf(moved.id)).toEqual([{ code: 'message_came', params: { number: before.number } }])
    expect((await threadOf(okno, id)).map(({ seq }: { seq: number }) => seq)).toEqual([1, 2, 3])
    expect((await linesOf(id)).at(-1)).toEqual({
      code: 'message_moved',
      params: { number: moved.number },
    })
    expect(left).toMatchObject({ person: { id: person.id }, lastText: first.text, waitingSince: before.waitingSince })
    // The same mail once more is still known: nothing comes twice.
    await receive(okno, shop, [{ ...fact }])
    expect(await saidIn(id)).toHaveLength(1)
  })

  test("nobody waits in a conversation whose only unanswered message was somebody else's", async () => {
    const { id, sender, fact } = await aConversation(okno, shop)
    await okno.call('POST', `/conversations/${id}/replies`, { text: 'Ответ' })
    await next(sender, fact.threads[0] ?? '')
    const last = (await saidIn(id)).at(-1)

    const moved = (await move(id, { scope: 'message', messageId: last.id, name: 'Другой' })).body
    const left = (await okno.call('GET', `/conversations/${id}`)).body

    expect(left).toMatchObject({ status: 'waiting', waitingSince: null, dueAt: null, lastText: 'Ответ' })
    expect(moved.waitingSince).not.toBeNull()
  })

  test('a message of a talk whose operator left waits in the queue', async () => {
    const vera = await anOperator(okno)
    const { id, sender, fact } = await aConversation(okno, shop)
    await next(sender, fact.threads[0] ?? '')
    await okno.call('PATCH', `/conversations/${id}`, { ownerId: vera.id, status: 'closed' })
    await okno.call('PATCH', `/operators/${vera.id}`, { isArchived: true })
    const last = (await saidIn(id)).at(-1)

    const moved = await move(id, { scope: 'message', messageId: last.id, name: 'Другой' })

    expect(moved.body).toMatchObject({ owner: null, routing: { code: 'queued' } })
  })

  test('the only message takes its conversation along', async () => {
    const { id } = await aConversation(okno, shop)
    const [message] = await saidIn(id)

    const moved = (await move(id, { scope: 'message', messageId: message.id, name: 'Другой' })).body

    expect(moved).toMatchObject({ id, person: { name: 'Другой' } })
  })

  test('is refused to oneself, for words of ours, without the right to change cards, and leaves nothing behind', async () => {
    const { id, person } = await aConversation(okno, shop)
    await okno.call('POST', `/conversations/${id}/replies`, { text: 'Ответ' })
    const answer = (await threadOf(okno, id)).find((one: { direction: string }) => one.direction === 'out')
    const same = await move(id, { scope: 'conversation', personId: person.id })
    const ours = await move(id, { scope: 'message', messageId: answer.id, name: 'Другой' })
    const wrong = await move(id, { scope: 'message', name: 'Другой' })
    const both = await move(id, { scope: 'conversation', name: 'Другой', personId: person.id })

    expect([same.body.code, ours.body.code]).toEqual(['inbox.same_person', 'inbox.message_not_found'])
    expect([wrong.status, both.status]).toEqual([422, 422])
    expect((await okno.call('GET', `/conversations/${id}`)).body.person.id).toBe(person.id)
  })
})

describe('who is speaking', () => {
  test('those who hold the address and those who live with them, and different names speak for a shared one', async () => {
    const { id, person, sender, fact } = await aConversation(okno, shop)
    const identity = { kind: 'email' as const, value: sender, proven: true }
    await receive(okno, shop, [
      aMessage({
        threads: [...fact.threads],
        from: { address: sender, name: 'Николай Петров', identities: [identity] },
      }),
    ])
    const mother = await aPerson('Вера Петрова')
    await okno.call('PUT', `/people/${person.id}/household/${mother.id}`, { part: 'мать' })

    const seen = (await okno.call('GET', `/conversations/${id}/speakers`)).body
    await okno.call('PATCH', `/people/${person.id}/identities/${seen.address.id}`, { shared: true })
    const shared = (await okno.call('GET', `/conversations/${id}/speakers`)).body

    expect(seen.address).toMatchObject({ kind: 'email', value: sender, isShared: false, personId: person.id })
    expect(seen.names).toEqual(['Анна Петрова', 'Николай Петров'])
    expect(seen.people).toEqual([
      { id: person.id, name: person.name, why: 'address' },
      { id: mother.id, name: 'Вера Петрова', why: 'household' },
    ])
    expect([shared.address.isShared, shared.names]).toEqual([true, []])
  })

  test('what was decided is not asked again', async () => {
    const { id, person, sender, fact } = await aConversation(okno, shop)
    const identity = { kind: 'email' as const, value: sender, proven: true }
    await receive(okno, shop, [
      aMessage({ threads: [...fact.threads], from: { address: sender, name: 'Глеб', identities: [identity] } }),
    ])
    const { names, address } = (await okno.call('GET', `/conversations/${id}/speakers`)).body
    await okno.call('PATCH', `/people/${person.id}/identities/${address.id}`, { shared: false })

    expect(names).toHaveLength(2)
    expect((await okno.call('GET', `/conversations/${id}/speakers`)).body.names).toEqual([])
  })

  test('one person under two spellings of a name is one', async () => {
    const { id, sender, fact } = await aConversation(okno, shop)
    const identity = { kind: 'email' as const, value: sender, proven: true }
    await receive(okno, shop, [
      aMessage({ threads: [...fact.threads], from: { address: sender, name: 'Anna Petrova', identities: [identity] } }),
      aMessage({ threads: [...fact.threads], from: { address: sender, name: 'Петрова Аня', identities: [identity] } }),
    ])

    expect((await okno.call('GET', `/conversations/${id}/speakers`)).body.names).toEqual([])
  })
})
