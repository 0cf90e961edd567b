import { expect, test } from 'vitest'
import { retryPauseMs } from './retry-pause.ts'

const SECOND_MS = 1000

test('who asks to be left alone for a moment only is not asked again and again without a pause', () => {
  expect(retryPauseMs(1, 0, 0)).toBe(3.75 * SECOND_MS)
  expect(retryPauseMs(10, 0, 0)).toBe(3.75 * SECOND_MS)
})

test('who asks to be left alone for long is', () => {
  expect(retryPauseMs(1, 0, 600)).toBe(600 * SECOND_MS)
})
