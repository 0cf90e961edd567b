const DAY_MS = 24 * 60 * 60 * 1000

/**
 * Days until a birthday (`1985-04-08` or `--04-08`) by the calendar of a time zone, 0 = today, and that day's noon in UTC. Who was born on the
 * 29th of February has their day on the 1st of March of common years.
 */
export function daysToBirthday(birthday: string, now: Date, timeZone: string): { count: number; on: Date } {
  const [month, dayOfMonth] = birthday.slice(-5).split('-').map(Number)
  const day = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone).toPlainDate()
  const today = new Date(`${day}T12:00:00Z`)
  const inYear = (year: number) => new Date(Date.UTC(year, (month ?? 1) - 1, dayOfMonth ?? 1, 12))
  const thisYear = inYear(today.getUTCFullYear())
  const on = thisYear < today ? inYear(today.getUTCFullYear() + 1) : thisYear
  return { count: Math.round((on.getTime() - today.getTime()) / DAY_MS), on }
}

/** Cards keep what was typed: a zone that nobody knows must not break what is counted by it. */
export function isTimeZone(name: string | null): name is string {
  if (!name) return false
  try {
    Temporal.Now.zonedDateTimeISO(name)
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}
