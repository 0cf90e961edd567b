import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lanesOf } from './lanes.ts'

const touch = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')
const rows = fc
  .array(fc.uniqueArray(touch, { maxLength: 3 }), { maxLength: 30 })
  .map((all) => all.map((touches, number) => ({ number, touches })))

test('every row is in one lane, in its order, and no two lanes touch the same', () => {
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 4 }), (given, count) => {
      const lanes = lanesOf(given, count)
      expect(lanes.length).toBeLessThanOrEqual(count)
      expect(lanes.flat().toSorted((a, b) => a.number - b.number)).toEqual(given)
      for (const lane of lanes) expect(lane).toEqual(lane.toSorted((a, b) => a.number - b.number))
      const touched = lanes.map((lane) => new Set(lane.flatMap(({ touches }) => touches)))
      for (const [i, one] of touched.entries())
        for (const other of touched.slice(i + 1)) expect(one.isDisjointFrom(other)).toBe(true)
    }),
    { numRuns: 200 },
  )
})

test('what rows on their way tie together is in one lane, and they are in none', () => {
  const given = [{ touches: ['mail a'] }, { touches: ['phone b'] }, { touches: ['mail c'] }]
  const before = [{ touches: ['mail a', 'card 1'] }, { touches: ['card 1', 'phone b'] }]
  expect(lanesOf(given, 2, before)).toEqual([[given[0], given[1]], [given[2]]])
})

test('rows that have nothing in common are halved', () => {
  const given = Array.from({ length: 100 }, (_, n) => ({ touches: [`card ${n}`] }))
  expect(lanesOf(given, 2).map((lane) => lane.length)).toEqual([50, 50])
})
