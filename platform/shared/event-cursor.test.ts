import { expect, test } from 'vitest'
import { isLaterCursor } from './event-cursor.ts'

test.each([
  ['1000-1', '999-2', true],
  ['999-2', '1000-1', false],
  ['7-10', '7-9', true],
  ['7-9', '7-9', false],
  ['18446744073709551615-1', '18446744073709551614-1', true],
  ['18446744073709551614-9', '18446744073709551615-0', false],
])('%s after %s: %s', (cursor, other, isLater) => {
  expect(isLaterCursor(cursor, other)).toBe(isLater)
})
