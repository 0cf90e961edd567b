import { expect, test } from 'vitest'
import { formatBytes, formatExact, formatShort, formatSpan } from './time.ts'

/** Intl writes narrow and non-breaking spaces. */
const plain = (text: string) => text.replaceAll(/\s/gu, ' ')
const NOW = new Date(2026, 10, 21, 12, 0)

test('a span is told in the one unit that says enough', () => {
  const minutes = [0.5, 5, 59, 60, 47 * 60, 48 * 60]

  expect(minutes.map((m) => plain(formatSpan(m * 60_000, 'ru')))).toEqual([
    '<1 мин',
    '5 мин',
    '59 мин',
    '1 ч',
    '47 ч',
    '2 дн.',
  ])
})

test('a moment in a list is short: the hour today, then the day', () => {
  const moments = [
    new Date(2026, 10, 21, 9, 5),
    new Date(2026, 10, 20, 23, 0),
    new Date(2026, 2, 12),
    new Date(2025, 2, 12),
  ]

  expect(moments.map((at) => plain(formatShort(at, NOW, 'en')))).toEqual(['9:05 AM', 'yesterday', 'Mar 12', '3/12/25'])
})

test('the workspace clock is named only when it shows another hour', () => {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone
  const other = own === 'Asia/Tokyo' ? 'Europe/Moscow' : 'Asia/Tokyo'

  expect(formatExact(NOW, 'en', own)).not.toContain('·')
  expect(formatExact(NOW, 'en', null)).not.toContain('·')
  expect(formatExact(NOW, 'en', other)).toContain('·')
})

test('bytes are told in the unit a person would use', () => {
  expect([300, 54_000, 2_500_000].map((bytes) => plain(formatBytes(bytes, 'en')))).toEqual(['1 kB', '54 kB', '2.5 MB'])
})
