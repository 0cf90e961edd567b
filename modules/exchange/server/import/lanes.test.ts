import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lanesOf } from './lanes.ts'

const touch = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')
const rows = fc
  .array(fc.uniqueArray(touch, { maxLength: 3 }), { maxLength: 30 })
  .map((all) => all.map((touches, number) => ({ number, touches })))

const touchesOf = (lane: readonly { readonly touches: readonly string[] }[]) =>
  new Set(lane.flatMap(({ touches }) => touches))

test('every row is in one lane, in its order, and no two lanes touch the same', () => {
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 4 }), (given, count) => {
      const lanes = lanesOf(given, count).map((lane) => lane.rows)
      expect(lanes).toHaveLength(count)
      expect(lanes.flat().toSorted((a, b) => a.number - b.number)).toEqual(given)
      for (const lane of lanes) expect(lane).toEqual(lane.toSorted((a, b) => a.number - b.number))
      const touched = lanes.map(touchesOf)
      for (const [i, one] of touched.entries())
        for (const other of touched.slice(i + 1)) expect(one.isDisjointFrom(other)).toBe(true)
    }),
    { numRuns: 200 },
  )
})

test('a row that touches the same as rows on their way is behind them: in their lane, or in one that waits for all', () => {
  fc.assert(
    fc.property(rows, rows, fc.integer({ min: 1, max: 4 }), (given, earlier, count) => {
      const before = lanesOf(earlier, count)
      for (const [i, { rows: lane, isBehindAll }] of lanesOf(given, count, before).entries())
        for (const [j, { rows: other }] of before.entries())
          if (i !== j && !isBehindAll) expect(touchesOf(lane).isDisjointFrom(touchesOf(other))).toBe(true)
    }),
    { numRuns: 200 },
  )
})

test('what rows on their way tie together is in one lane, and they are in none', () => {
  const given = [{ touches: ['mail a'] }, { touches: ['mail c'] }, { touches: ['phone b'] }]
  const one = { rows: [{ touches: ['mail a', 'card 1'] }, { touches: ['card 1', 'phone b'] }] }
  const inOneLane = [
    { rows: [given[0], given[2]], isBehindAll: false },
    { rows: [given[1]], isBehindAll: false },
  ]
  expect(lanesOf(given, 2, [one, { rows: [] }])).toEqual(inOneLane)
  expect(lanesOf(given, 2, [{ rows: [] }, one]), 'the same lane as they').toEqual(inOneLane.toReversed())
  const apart = [{ rows: one.rows.slice(0, 1) }, { rows: one.rows.slice(1) }]
  expect(lanesOf(given, 2, apart)[0]).toEqual({ rows: [given[0], given[2]], isBehindAll: true })
})

test('rows that have nothing in common are halved', () => {
  const given = Array.from({ length: 100 }, (_, n) => ({ touches: [`card ${n}`] }))
  expect(lanesOf(given, 2).map((lane) => lane.rows.length)).toEqual([50, 50])
})
