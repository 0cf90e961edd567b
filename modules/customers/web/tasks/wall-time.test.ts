import { expect, test } from 'vitest'
import { dueWords, timeOf } from './task-time.ts'
import { fromWall, toWall, wallAfter } from './wall-time.ts'

test('what is typed is meant by the clock of the zone, in summer and winter, also where the clock jumps', () => {
  for (const [wall, zone, instant] of [
    ['2026-11-20T09:30', 'Europe/Moscow', '2026-11-20T06:30:00.000Z'],
    ['2026-07-20T09:30', 'Europe/Berlin', '2026-07-20T07:30:00.000Z'],
    ['2026-11-20T09:30', 'America/New_York', '2026-11-20T14:30:00.000Z'],
    ['2026-11-20T00:15', 'Pacific/Kiritimati', '2026-11-19T10:15:00.000Z'],
    // Twice on that night: the first.
    ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
  ] as const) {
    expect(fromWall(wall, zone).toISOString()).toBe(instant)
    expect(toWall(new Date(instant), zone)).toBe(wall)
  }
  // Never on that night: an hour later.
  expect(toWall(fromWall('2026-03-29T02:30', 'Europe/Berlin'), 'Europe/Berlin')).toBe('2026-03-29T03:30')
  const lastDay = new Date('2026-12-31T20:59:00Z')
  expect(wallAfter(lastDay, 'Europe/Moscow', { days: 1, time: '10:00' })).toBe('2027-01-01T10:00')
})

test('a day ends where the company is, not where the reader is', () => {
  const now = new Date('2026-11-20T20:30:00Z')
  const of = (at: string | null) => timeOf(at, now, 'Europe/Moscow')
  expect([of(null), of('2026-11-20T20:30:00Z'), of('2026-11-20T20:59:00Z'), of('2026-11-20T21:00:00Z')]).toEqual([
    'undated',
    'overdue',
    'today',
    'later',
  ])
  const words = (at: string) => dueWords(new Date(at), now, { timeZone: 'Europe/Moscow', locale: 'ru' })
  expect(words('2026-11-20T20:45:00Z')).toBe('23:45')
  expect(words('2026-11-21T07:00:00Z')).toBe('завтра, 10:00')
  expect(words('2026-11-19T07:00:00Z')).toBe('вчера, 10:00')
  expect(words('2026-11-25T07:00:00Z')).toBe('25 нояб., 10:00')
  expect(words('2027-01-25T07:00:00Z')).toBe('25 янв. 2027 г., 10:00')
})
