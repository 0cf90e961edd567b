import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemActor } from '#platform/shared/actor'
import { checkCondition } from '#platform/shared/objects/check'
import type { Condition } from '#platform/shared/objects/condition'
import type { Asking } from './compile.ts'
import { evaluateCondition } from './evaluate.ts'
import { asked, countFound, filterIds, findIds } from './find.ts'
import { formulaTruth } from './formula.fixture.ts'
import { aThing, conditionOn, describeThing, formula, ids, pick } from './random-things.fixture.ts'
import { factsOf, formulaOf, things, thingsDatabase } from './things.fixture.ts'

const clock = { now: new Date('2026-11-20T10:00:00Z'), timeZone: 'Europe/Moscow', operatorId: null }
let t: Awaited<ReturnType<typeof thingsDatabase>>
beforeAll(async () => {
  t = await thingsDatabase()
})
afterAll(() => t?.close())

const asking = (): Asking => ({ ...clock, actor: systemActor(t.workspaceId) })
const thingDescription = () => {
  const found = describeThing('thing')
  if (!found) throw new Error('No thing.')
  return found
}

/** A page that some of what fits fills. */
const FEW = 3

/** By all statements that a condition has: so few things are gathered, and asked one after another as a million would be. */
async function inDatabase(
  condition: Condition,
): Promise<{ gathered: string[]; asked: string[]; first: string[]; page: string[]; count: number }> {
  const search = { catalogue: things, object: 'thing', condition, asking: asking() }
  return t.database.transaction(t.workspaceId, async (tx) => {
    const fitting = await filterIds(tx, search, ids)
    const { items } = await findIds(tx, search, { sort: [], limit: 200 })
    const { rows } = await sql<{ id: string }>`
      select r0.id from ${things.source('thing').table} as r0 where ${asked(tx, search, 'first')} order by id`.execute(
      tx.db,
    )
    const page = (await findIds(tx, search, { sort: [], limit: FEW })).items
    const { count } = await countFound(tx, search)
    return { page, count, gathered: items, asked: ids.filter((id) => fitting.has(id)), first: rows.map(({ id }) => id) }
  })
}

test('a condition finds in the database exactly what it is true of in memory', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(...ids.map(aThing)),
      fc.array(conditionOn(thingDescription()), { minLength: 60, maxLength: 60 }),
      async (given, conditions) => {
        await t.fill(given)
        const facts = factsOf(given)
        for (const one of conditions) {
          const checked = checkCondition(one, 'thing', describeThing)
          if ('problems' in checked) throw new Error(JSON.stringify([one, checked.problems]))
          const { condition } = checked

          const found = await inDatabase(condition)

          const expected = given.filter((_, i) => {
            const one = facts[i]
            return (
              one &&
              given[i]?.shownAs === null &&
              evaluateCondition(things, 'thing', condition, { facts: one, asker: clock })
            )
          })
          const right = expected.map(({ id }) => id)
          expect(found, JSON.stringify(condition)).toEqual({
            gathered: right,
            asked: right,
            first: right,
            page: right.slice(0, FEW),
            count: right.length,
          })
        }
      },
    ),
    { numRuns: 6, endOnFailure: true },
  )
})

test('where none of few things fits, those that lead to them are not read', async () => {
  await t.fill(fc.sample(fc.tuple(...ids.map(aThing)), { numRuns: 1, seed: 7 })[0] ?? [])
  const condition = { field: 'otherText', op: 'eq', value: 'nothing is called so' } as const
  const search = { catalogue: things, object: 'thing', condition, asking: asking() }
  const plan = await t.database.transaction(t.workspaceId, async (tx) => {
    const statement = sql`select r0.id from ${things.source('thing').table} as r0 where ${asked(tx, search)}`
    const { rows } = await sql<{ 'QUERY PLAN': string }>`explain (analyze) ${statement}`.execute(tx.db)
    return rows.map((row) => row['QUERY PLAN'])
  })
  expect(plan.filter((line) => line.includes('things r0'))).toEqual([expect.stringContaining('never executed')])
})

test('a formula gives in the database what it gives in memory', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(...ids.slice(0, 12).map(aThing)),
      fc.array(
        pick('number', 'text', 'boolean', 'date').chain((type) => formula(type)),
        { minLength: 40, maxLength: 40 },
      ),
      async (given, formulas) => {
        await t.fill(given)
        for (const text of formulas) {
          const { stored, computed } = await formulaTruth(t, formulaOf(text), factsOf(given), asking())
          expect(computed, text).toEqual(stored)
        }
      },
    ),
    { numRuns: 5, endOnFailure: true },
  )
})

const sortable = [
  'text',
  'number',
  'money',
  'day',
  'time',
  'at',
  'flag',
  'colour',
  'custom.text',
  'custom.number',
  'custom.at',
  'custom.colour',
  'sum',
  'deadline',
]

test('pages of any order, put together, are the whole list in that order, each thing once, empty ones last', async () => {
  const random = fc.sample(fc.tuple(...ids.map(aThing)), { numRuns: 1, seed: 7 })[0] ?? []
  const given = random.map((one) => ({ ...one, shownAs: null }))
  await t.fill(given)
  const sorts = fc.uniqueArray(fc.record({ field: pick(...sortable), direction: pick('asc', 'desc') }), {
    minLength: 1,
    maxLength: 3,
    selector: ({ field }) => field,
  })
  await fc.assert(
    fc.asyncProperty(sorts, async (sort) => {
      const search = { catalogue: things, object: 'thing', asking: asking() }
      const page = (limit: number, cursor?: string) =>
        t.database.transaction(t.workspaceId, (tx) => findIds(tx, search, { sort, limit, cursor }))

      const whole = await page(200)
      const pieces: string[] = []
      for (let cursor: string | undefined | null; cursor !== null; ) {
        const piece = await page(7, cursor)
        pieces.push(...piece.items)
        cursor = piece.nextCursor
      }

      expect(pieces).toEqual(whole.items)
      expect(new Set(pieces)).toEqual(new Set(ids))
      const [first] = sort
      if (first?.field === 'number' || first?.field === 'day') {
        const values = pieces.map((id) => given.find((one) => one.id === id)?.columns[first.field] ?? null)
        const known = values.filter((value) => value !== null)
        const sorted = known.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
        expect(values.slice(0, known.length)).toEqual(first.direction === 'asc' ? sorted : sorted.toReversed())
      }
    }),
    { numRuns: 20 },
  )
})
