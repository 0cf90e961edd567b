import { expect, test } from 'vitest'
import { endFromField, nextInterval, toField, wrongHours } from './hours.ts'

test('hours of a day are in order, not empty, and do not meet', () => {
  expect(wrongHours([])).toBeNull()
  expect(wrongHours([['09:00', '18:00']])).toBeNull()
  expect(
    wrongHours([
      ['14:00', '24:00'],
      ['09:00', '13:00'],
    ]),
  ).toBeNull()
  expect(wrongHours([['18:00', '09:00']])).toBe('empty')
  expect(
    wrongHours([
      ['09:00', '13:00'],
      ['12:30', '18:00'],
    ]),
  ).toBe('overlap')
})

test('midnight at the end of a day travels as 24:00 and is typed as 00:00', () => {
  expect(toField('24:00')).toBe('00:00')
  expect(endFromField('00:00')).toBe('24:00')
  expect(endFromField(toField('18:00'))).toBe('18:00')
})

test('a further interval is right whatever stands before it', () => {
  for (const day of [[], [['09:00', '13:00']], [['09:00', '24:00']]] as [string, string][][]) {
    const [from, to] = nextInterval(day)
    expect(from < to && to <= '24:00').toBe(true)
  }
})
