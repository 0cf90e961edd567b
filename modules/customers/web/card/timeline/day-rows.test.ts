import { expect, test } from 'vitest'
import { endOfDay, withDays } from './day-rows.ts'

const entry = (id: string, at: string) => ({ id, at })

test('a line stands before each day, by the clock of the zone', () => {
  const entries = [
    entry('c', '2026-11-22T21:30:00Z'),
    entry('b', '2026-11-22T20:30:00Z'),
    entry('a', '2026-11-22T00:10:00Z'),
  ]
  const rows = (zone: string) => withDays(entries, zone).map((row) => (row.type === 'day' ? row.key : row.entry.id))
  expect(rows('Europe/Moscow')).toEqual(['2026-11-23', 'c', '2026-11-22', 'b', 'a'])
  expect(rows('UTC')).toEqual(['2026-11-22', 'c', 'b', 'a'])
  expect(withDays([], 'UTC')).toEqual([])
})

test.each([
  ['2026-11-22', 'Europe/Moscow', '2026-11-22T20:59:59.999Z'],
  ['2026-11-22', 'UTC', '2026-11-22T23:59:59.999Z'],
  ['2026-07-01', 'America/New_York', '2026-07-02T03:59:59.999Z'],
  ['2026-01-01', 'Asia/Kolkata', '2026-01-01T18:29:59.999Z'],
])('%s in %s ends at %s', (day, zone, at) => {
  expect(endOfDay(day, zone).toISOString()).toBe(at)
})
