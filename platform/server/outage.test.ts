import { expect, test } from 'vitest'
import { isOutage } from './outage.ts'

const withCode = (code: string) => Object.assign(new Error('of the database'), { code })

test.each([
  '08006',
  '53100',
  '57P01',
  '58030',
  '25P03',
  '40P01',
  '25006',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ECONNABORTED',
  'ENOSPC',
])('%s is the trouble of the machine: the work is tried again', (code) => expect(isOutage(withCode(code))).toBe(true))

test.each(['23505', '22P05', '42601', 'ENOENT'])('%s is the trouble of the work itself', (code) =>
  expect(isOutage(withCode(code))).toBe(false),
)

test('a connection that broke in the middle has no code', () => {
  expect(isOutage(new Error('Connection terminated unexpectedly'))).toBe(true)
  expect(isOutage(new Error('Something else'))).toBe(false)
})
