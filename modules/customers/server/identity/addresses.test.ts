import { afterAll, beforeAll, expect, test } from 'vitest'
import { mailFrom, type TestCustomers, testCustomers } from '../../../../tests/support/customers.ts'
import type { PersonDraft } from '../../contract/people.ts'

let all: TestCustomers
const mail = { id: '0198c000-0000-7000-8000-000000000001', kind: 'email' }

beforeAll(async () => {
  all = await testCustomers()
})
afterAll(() => all?.close())

const create = (draft: PersonDraft) =>
  all.ours.transaction((tx) => all.customers.createPerson(tx, all.ours.actor, draft))
const card = async (id: string) => (await all.ours.call('GET', `/people/${id}`)).body
const merge = async (keptId: string, hiddenId: string) =>
  (await all.ours.call('POST', '/merges', { keptId, hiddenId })).body.id
const arrive = (sender: Parameters<TestCustomers['customers']['identify']>[1]['sender'], account = mail) =>
  all.ours.transaction((tx) =>
    all.customers.identify(tx, { account, sender, arrivalId: crypto.randomUUID(), at: all.clock.now }),
  )

test('an address that one card only claims, moved to the card that proved it, stays proven there', async () => {
  const { personId: holder } = await arrive(mailFrom('lida@proof.test', 'Лида'))
  const other = await create({ name: 'Лидия', emails: ['lida@proof.test'] })
  const { id } = (await card(other)).identities[0]
  await all.ours.call('POST', `/people/${other}/identities/${id}/move`, { toPersonId: holder })
  expect(await arrive(mailFrom('lida@proof.test', 'Лида'))).toMatchObject({ personId: holder, isNew: false })
})

test('an address of a joined card is taken off on the card that shows it', async () => {
  const a = await create({ name: 'Капитолина' })
  const b = await create({ name: 'Капа', emails: ['kapa@deal.test'] })
  await merge(a, b)
  const { id } = (await card(a)).identities[0]
  expect((await all.ours.call('DELETE', `/people/${a}/identities/${id}`)).status).toBe(204)
  expect((await card(a)).identities).toEqual([])
})

test('what was written on the shown card is proven by the answer that came to a talk of the joined one', async () => {
  const { personId: joined } = await arrive({ address: 'visitor-7', identities: [] }, { ...mail, kind: 'webchat' })
  const shown = await create({ name: 'Милена Кац' })
  await merge(shown, joined)
  await all.ours.call('PATCH', `/people/${shown}`, { emails: ['milena@reply.test'] })
  const proof = { kind: 'email', value: 'milena@reply.test', evidence: { source: 'reply' }, at: all.clock.now } as const
  await all.ours.transaction((tx) => all.customers.proveIdentity(tx, { ...proof, personId: joined }))
  expect(await arrive(mailFrom('milena@reply.test'))).toMatchObject({ personId: shown, isNew: false })
})
