import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isoText } from './iso-text.ts'

it('writes every moment that there is as the language does', () => {
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true }), (date) => {
      expect(isoText(date)).toBe(date.toISOString())
    }),
    { numRuns: 2000 },
  )
  for (const text of ['1969-12-31T23:59:59.999Z', '1970-01-01T00:00:00.000Z', '-000001-02-03T04:05:06.007Z'])
    expect(isoText(new Date(text))).toBe(new Date(text).toISOString())
})

it('writes no moment that there is not', () => {
  expect(() => isoText(new Date(Number.NaN))).toThrow(RangeError)
})
