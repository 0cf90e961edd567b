import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPerson, type TestCustomers, testCustomers } from '../../../../tests/support/customers.ts'
import { findMatching, saveMatching, saveScanStep } from './matching-state.queries.ts'
import { beginScan, scanCards } from './scan-cards.ts'

let okno: TestCustomers
beforeAll(async () => {
  okno = await testCustomers()
})
afterAll(() => okno.close())

const MANAGE = ['customers.read', 'customers.edit', 'customers.manage']

/** A pair with this probability; resolves to the ids of its cards. */
async function aPair(probability: number, state: 'open' | 'merged' | 'dismissed'): Promise<[string, string]> {
  const ids = [(await newPerson(okno.ours)).id, (await newPerson(okno.ours)).id].toSorted() as [string, string]
  await okno.platform.database.pool.query(
    `insert into customers.likenesses (workspace_id, person_id, other_id, reasons, state, probability, verdict, rule)
     values ($1, $2, $3, '[]', $4, $5, 'review', 'phone')`,
    [okno.ours.id, ...ids, state, probability],
  )
  return ids
}

test('thresholds are tried on what people decided: what Okno joined by itself is no decision', async () => {
  await aPair(0.995, 'merged')
  await aPair(0.995, 'dismissed')
  await aPair(0.8, 'merged')
  await aPair(0.3, 'dismissed')
  await aPair(0.7, 'open')
  const [kept, hidden] = await aPair(0.999, 'merged')
  await okno.platform.database.pool.query(
    `insert into customers.merges (workspace_id, kept_id, hidden_id, operator_name) values ($1, $2, $3, 'Okno')`,
    [okno.ours.id, kept, hidden],
  )
  const tried = (query: string) => okno.ours.call('GET', `/matching/trial?${query}`, undefined, MANAGE)

  expect((await tried('auto=0.99&review=0.6')).body).toEqual({
    auto: { merged: 1, dismissed: 1, open: 0 },
    review: { merged: 1, dismissed: 0, open: 1 },
    no: { merged: 0, dismissed: 1, open: 0 },
  })
  expect((await tried('auto=0.99&review=0.75')).body.no).toEqual({ merged: 0, dismissed: 1, open: 1 })
  expect((await tried('auto=2&review=0.6')).status).toBe(422)
})

test('a scan that was stopped ends, and the step it was in does not set it going again', async () => {
  const scan = beginScan(okno.clock.now)
  await okno.ours.transaction((tx) => saveMatching(tx, { scan }))
  expect((await okno.ours.call('DELETE', '/matching/scan', undefined, MANAGE)).status).toBe(204)
  await okno.ours.transaction((tx) => saveScanStep(tx, { ...scan, cards: 5 }))
  await scanCards(okno.platform)(okno.ours.id)

  expect((await okno.ours.transaction(findMatching)).scan).toMatchObject({ state: 'stopped', cards: 0 })
  await okno.ours.transaction((tx) => saveMatching(tx, { scan: beginScan(new Date()) }))
  await scanCards(okno.platform)(okno.ours.id)
  expect((await okno.ours.transaction(findMatching)).scan).toMatchObject({ state: 'done' })
})
