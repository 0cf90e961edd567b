import { expect, test } from 'vitest'
import { formConfig } from '../adapters/form/config.ts'
import { callbackSlots } from './callback-slots.ts'

const slots = (now: string, more: object = {}) =>
  callbackSlots(
    formConfig.parse({ type: 'callback', slots: { days: 2, from: '09:00', to: '12:00', ...more } }),
    new Date(now),
  )

test('only working days are offered, and no slot that is already near', () => {
  // Friday, 10:50 in Moscow: 11:00 is too near.
  expect(slots('2026-11-20T07:50:00Z').map(({ words }) => words)).toEqual([
    'пн, 23 ноября, 09:00–10:00',
    'пн, 23 ноября, 10:00–11:00',
    'пн, 23 ноября, 11:00–12:00',
    'вт, 24 ноября, 09:00–10:00',
    'вт, 24 ноября, 10:00–11:00',
    'вт, 24 ноября, 11:00–12:00',
  ])
  expect(slots('2026-11-20T07:40:00Z')[0]?.words).toBe('пт, 20 ноября, 11:00–12:00')
})

test('a slot shorter than what is left of the day is not offered', () => {
  expect(slots('2026-11-23T00:00:00Z', { minutes: 120, days: 1 })).toHaveLength(1)
})

test('clock times stay where they are when summer time ends', () => {
  const all = slots('2026-10-23T12:00:00Z', { timeZone: 'Europe/Berlin', days: 2, weekdays: [1, 6] })
  // Saturday still +02:00, Monday +01:00.
  expect(all.map(({ from }) => from)).toEqual([
    '2026-10-24T07:00:00.000Z',
    '2026-10-24T08:00:00.000Z',
    '2026-10-24T09:00:00.000Z',
    '2026-10-26T08:00:00.000Z',
    '2026-10-26T09:00:00.000Z',
    '2026-10-26T10:00:00.000Z',
  ])
})

test('half-hour time zones and the other side of the date line are right', () => {
  expect(slots('2026-11-22T20:00:00Z', { timeZone: 'Asia/Kolkata', days: 1 })[0]?.from).toBe('2026-11-23T03:30:00.000Z')
  expect(slots('2026-11-22T20:00:00Z', { timeZone: 'Pacific/Auckland', days: 1 })[0]?.from).toBe(
    '2026-11-22T21:00:00.000Z',
  )
})
