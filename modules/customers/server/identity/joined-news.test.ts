import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  followCards,
  formFrom,
  mailFrom,
  type TestCustomers,
  testCustomers,
} from '../../../../tests/support/customers.ts'
import type { PersonDraft } from '../../contract/people.ts'

let all: TestCustomers
const mail = { id: '0198c000-0000-7000-8000-000000000001', kind: 'email' }
let shown: string
let joined: string

beforeAll(async () => {
  all = await testCustomers()
})
afterAll(() => all?.close())

const create = (draft: PersonDraft) =>
  all.ours.transaction((tx) => all.customers.createPerson(tx, all.ours.actor, draft))
const arrive = (sender: Parameters<TestCustomers['customers']['identify']>[1]['sender']) =>
  all.ours.transaction((tx) =>
    all.customers.identify(tx, { account: mail, sender, arrivalId: crypto.randomUUID(), at: all.clock.now }),
  )
/** Who is told to have changed by what this does. */
async function changedBy(act: () => Promise<unknown>): Promise<string[]> {
  const { pool } = all.platform.database
  const { rows: before } = await pool.query('select coalesce(max(seq), 0) as seq from platform.events')
  await act()
  const { rows } = await pool.query(
    `select distinct data ->> 'personId' as id from platform.events where seq > $1 and name = 'customers.person_changed'`,
    [before[0].seq],
  )
  return rows.map(({ id }) => id)
}
let box = 0
/** Says something new about oneself in a mail from the address of the joined card. */
const writesOf = (fields: Record<string, string>) => {
  const form = formFrom(fields)
  const own = mailFrom(`joined${box}@news.test`)
  return arrive({ ...own, identities: [...own.identities, ...form.identities], claims: fields })
}

beforeEach(async () => {
  const name = ['Ульяна Тихая', 'Фёкла Звонкая', 'Таисия Громкая'][box]
  shown = await create({ name })
  joined = (await arrive(mailFrom(`joined${++box}@news.test`))).personId
  await all.ours.call('POST', '/merges', { keptId: shown, hiddenId: joined })
})

test('what a joined card learns is told of the card that shows it', async () => {
  expect(await changedBy(() => writesOf({ phone: '+79120300101' }))).toEqual(expect.arrayContaining([shown, joined]))
})

test('a consent, a relation, an address and a place of work of a joined card are told of the card that shows it', async () => {
  const consent = { personId: joined, purpose: 'marketing', textVersion: 1, text: 'Да', source: 'form' }
  const { id: companyId } = (await all.ours.call('POST', '/companies', { name: 'ООО «Весть»' })).body
  await all.platform.database.pool.query(
    'insert into customers.employments (workspace_id, person_id, company_id) values ($1, $2, $3)',
    [all.ours.id, joined, companyId],
  )
  const { identities } = (await all.ours.call('GET', `/people/${shown}`)).body
  const other = await create({ name: 'Сосед' })
  const relation = (
    await all.platform.database.pool.query(
      `insert into customers.relations (workspace_id, person_id, other_id, kind, operator_name, created_at)
       values ($1, $2, $3, 'friend', 'Анна', now()) returning id`,
      [all.ours.id, joined, other],
    )
  ).rows[0]
  const news = {
    relation: () => all.ours.call('DELETE', `/relations/${relation.id}`),
    consent: () => all.ours.transaction((tx) => all.customers.recordConsent(tx, { ...consent, at: all.clock.now })),
    work: () => all.ours.call('PUT', `/people/${shown}/companies/${companyId}`, { position: 'Диктор' }),
    address: () => all.ours.call('DELETE', `/people/${shown}/identities/${identities[0].id}`),
  }
  for (const [what, act] of Object.entries(news))
    expect([what, await changedBy(act)]).toEqual([what, expect.arrayContaining([shown])])
})

test('what a joined card learns makes the card that shows it alike to others', async () => {
  await followCards(all)
  const other = await create({ name: 'Громкая Таисия', phones: ['+79120300202'] })
  await writesOf({ phone: '+79120300202' })
  await followCards(all)
  const { body } = await all.ours.call('GET', `/candidates?personId=${shown}`)
  expect(body.items).toMatchObject([{ rule: expect.stringContaining('phone') }])
  expect([body.items[0].a.id, body.items[0].b.id]).toContain(other)
})
