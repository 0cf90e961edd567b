import type { InboxSettings } from '#modules/inbox/contract'

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof weekdays)[number]
export type Hours = InboxSettings['businessHours']
export type Interval = Hours[Weekday][number]

/** What is wrong with the hours of a day; null = nothing. Intervals stand in order, none is empty, none meets another. */
export function wrongHours(day: readonly Interval[]): 'empty' | 'overlap' | null {
  if (day.some(([from, to]) => from >= to)) return 'empty'
  const ordered = [...day].sort(([a], [b]) => a.localeCompare(b))
  const isApart = ordered.every(([from], index) => index === 0 || from >= (ordered[index - 1]?.[1] ?? ''))
  return isApart ? null : 'overlap'
}

/** A browser's clock field knows no 24:00: at the end of an interval midnight stands as 00:00. */
export const toField = (clock: string) => (clock === '24:00' ? '00:00' : clock)
export const endFromField = (clock: string) => (clock === '00:00' ? '24:00' : clock)

const DAY: Interval = ['09:00', '18:00']

/** One more interval: the usual day, or an hour behind the last one. */
export function nextInterval(day: readonly Interval[]): Interval {
  const last = day.at(-1)
  if (!last) return DAY
  const hour = Math.min(22, Number(last[1].slice(0, 2)) + 1)
  return [clockOf(hour), clockOf(hour + 1)]
}

const clockOf = (hour: number) => `${String(hour).padStart(2, '0')}:00`
