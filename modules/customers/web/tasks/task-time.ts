import type { TaskTime } from '#modules/customers/contract'
import { toWall } from './wall-time.ts'

const dayOf = (at: Date, timeZone: string) => toWall(at, timeZone).slice(0, 10)

/** When a task is due, by the day of the company: the rule by which the server counts and narrows. */
export function timeOf(dueAt: string | null, now: Date, timeZone: string): TaskTime {
  if (dueAt === null) return 'undated'
  const at = new Date(dueAt)
  if (at <= now) return 'overdue'
  return dayOf(at, timeZone) === dayOf(now, timeZone) ? 'today' : 'later'
}

/** "15:00" today, "tomorrow, 10:00", else with the date; by the clock of the company. */
export function dueWords(at: Date, now: Date, { timeZone, locale }: { timeZone: string; locale: string }): string {
  const days = Math.round((Date.parse(dayOf(at, timeZone)) - Date.parse(dayOf(now, timeZone))) / 86_400_000)
  const time = { hour: 'numeric', minute: '2-digit', timeZone } as const
  const clock = new Intl.DateTimeFormat(locale, time).format(at)
  if (days === 0) return clock
  if (Math.abs(days) === 1)
    return `${new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day')}, ${clock}`
  const isThisYear = dayOf(at, timeZone).slice(0, 4) === dayOf(now, timeZone).slice(0, 4)
  const date: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', timeZone }
  if (!isThisYear) date.year = 'numeric'
  return `${new Intl.DateTimeFormat(locale, date).format(at)}, ${clock}`
}
