import { expect, test } from 'vitest'
import { dueOf } from './due.ts'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const inMinutes = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString()

test('nothing is due while nobody waits', () => {
  expect(dueOf({ waitingSince: null, dueAt: inMinutes(5), limitAt: null }, NOW)).toBeNull()
})

test('an answer is calm, then soon, then overdue', () => {
  const pressureAt = (minutes: number) =>
    dueOf({ waitingSince: inMinutes(minutes - 60), dueAt: inMinutes(minutes), limitAt: null }, NOW)?.pressure

  expect([40, 15, 1, 0, -5].map(pressureAt)).toEqual(['calm', 'soon', 'soon', 'overdue', 'overdue'])
})

test('the earlier of norm and limit counts', () => {
  const due = dueOf({ waitingSince: inMinutes(-1440), dueAt: inMinutes(600), limitAt: inMinutes(-1) }, NOW)

  expect(due).toEqual({ at: NOW - 60_000, pressure: 'overdue' })
})
