import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPerson, type TestCustomers, testCustomers } from '../../../../tests/support/customers.ts'

let all: TestCustomers
const MANAGE = ['customers.read', 'customers.edit', 'objects.read', 'objects.manage']
const call: TestCustomers['ours']['call'] = (...asked) => all.ours.call(...asked)

beforeAll(async () => {
  all = await testCustomers()
  const label = (text: string) => ({ en: text, ru: text })
  const rights = { read: 'administrator', edit: 'administrator' }
  for (const key of ['limit', 'address'])
    await call('POST', '/objects/person/fields', { key, type: 'text', label: label(key), rights }, MANAGE)
})
afterAll(() => all?.close())

/** Two cards of which only administrators see the credit limit and where they live, weighed as alike. */
async function twoAlike(): Promise<[string, string]> {
  const ids = [(await newPerson(all.ours)).id, (await newPerson(all.ours)).id].toSorted() as [string, string]
  const { pool } = all.platform.database
  for (const [n, id] of ids.entries())
    await pool.query(`update customers.people set custom = $2 where id = $1`, [
      id,
      { limit: `тайна ${n}`, address: 'Тайная 5', size: `${n}` },
    ])
  const evidence = [
    { field: 'address', level: 'exact', weight: 8, a: 'Тайная 5', b: 'Тайная 5' },
    { field: 'city', level: 'exact', weight: 2, a: 'Пермь', b: 'Пермь' },
  ]
  await pool.query(
    `insert into customers.likenesses (workspace_id, person_id, other_id, reasons, probability, evidence, verdict, rule)
     values ($1, $2, $3, '[]', 0.9, $4, 'review', 'address')`,
    [all.ours.id, ...ids, JSON.stringify(evidence)],
  )
  return ids
}

test('what a role may not read of cards it does not read in the queue, in evidence and in merges either', async () => {
  const [a, b] = await twoAlike()
  const answers = [
    await call('GET', `/candidates?personId=${a}`),
    await call('GET', `/people/${a}`),
    await call('GET', `/people/${b}/likenesses`),
    await call('POST', '/merges', { keptId: a, hiddenId: b }),
    await call('GET', `/merges?personId=${a}`),
  ]
  answers.push(await call('POST', `/merges/${answers[3]?.body.id}/undo`))
  for (const { status, body } of answers) {
    expect(status).toBeLessThan(300)
    expect(JSON.stringify(body)).not.toMatch(/тайна|Тайная/)
  }
  expect(answers[0]?.body.items[0].choices).toEqual({ 'custom.size': 'a' })
  expect(answers[0]?.body.items[0].evidence).toMatchObject([
    { field: 'address', level: 'exact', weight: 8, a: '', b: '' },
    { field: 'city', a: 'Пермь' },
  ])
})

test('a role chooses nothing in a field that it does not know', async () => {
  const [a, b] = await twoAlike()
  const refused = await call('POST', '/merges', { keptId: a, hiddenId: b, choices: { 'custom.limit': b } })
  expect(refused.body).toMatchObject({ code: 'customers.choice_unknown' })
  expect((await call('POST', '/merges', { keptId: a, hiddenId: b, choices: { 'custom.size': b } })).status).toBe(201)
  const { rows } = await all.platform.database.pool.query('select custom from customers.people where id = $1', [a])
  expect(rows[0].custom).toMatchObject({ limit: 'тайна 0', size: '1' })
})
