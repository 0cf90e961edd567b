import type { Span, Within } from '#platform/shared/objects/condition'
import type { Period } from '#platform/shared/objects/operators'

/** The moment and place in which a condition is asked. */
export interface Clock {
  readonly now: Date
  /** IANA name of the workspace's time zone: where its days begin and end. */
  readonly timeZone: string
}

/** From the first day to the last; both belong to it. */
export interface Days {
  readonly from: Temporal.PlainDate
  readonly to: Temporal.PlainDate
}

/** Years that dates may have, so that they all have four digits and texts of them sort as time does. */
const FIRST_DAY = Temporal.PlainDate.from('1000-01-01')
const LAST_DAY = Temporal.PlainDate.from('2999-12-31')
const QUARTER_MONTHS = 3

const moment = ({ now, timeZone }: Clock) =>
  Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone)

export const today = (clock: Clock): Temporal.PlainDate => moment(clock).toPlainDate()

const durationOf = ({ amount, unit }: Span) => Temporal.Duration.from({ [`${unit}s`]: amount })

/** The day so far before (`-1`) or after (`1`) today, within the years that dates may have. */
export function dayAway(clock: Clock, span: Span, direction: -1 | 1): Temporal.PlainDate {
  const day = today(clock).add(direction < 0 ? durationOf(span).negated() : durationOf(span))
  if (Temporal.PlainDate.compare(day, FIRST_DAY) < 0) return FIRST_DAY
  return Temporal.PlainDate.compare(day, LAST_DAY) > 0 ? LAST_DAY : day
}

/** The instant so far before or after now, by the calendar of the time zone: a day back is the same hour of yesterday. */
export function instantAway(clock: Clock, span: Span, direction: -1 | 1): Date {
  const at = moment(clock).add(direction < 0 ? durationOf(span).negated() : durationOf(span))
  return new Date(clamp(at.epochMilliseconds))
}

const clamp = (ms: number) =>
  Math.min(Math.max(ms, FIRST_DAY.toZonedDateTime('UTC').epochMilliseconds), startOf(LAST_DAY, 'UTC').getTime())

/** When a day begins in a time zone. */
export const startOf = (day: Temporal.PlainDate, timeZone: string): Date =>
  new Date(day.toZonedDateTime(timeZone).epochMilliseconds)

/** The days of a calendar period around today. */
export function daysOf(period: Period, clock: Clock): Days {
  const day = today(clock)
  const week = day.subtract({ days: day.dayOfWeek - 1 })
  const month = day.with({ day: 1 })
  const quarter = month.subtract({ months: (month.month - 1) % QUARTER_MONTHS })
  const year = month.with({ month: 1 })
  switch (period) {
    case 'today':
      return { from: day, to: day }
    case 'yesterday':
      return runOf(day.subtract({ days: 1 }), { days: 1 })
    case 'tomorrow':
      return runOf(day.add({ days: 1 }), { days: 1 })
    case 'this_week':
      return runOf(week, { weeks: 1 })
    case 'last_week':
      return runOf(week.subtract({ weeks: 1 }), { weeks: 1 })
    case 'next_week':
      return runOf(week.add({ weeks: 1 }), { weeks: 1 })
    case 'this_month':
      return runOf(month, { months: 1 })
    case 'last_month':
      return runOf(month.subtract({ months: 1 }), { months: 1 })
    case 'next_month':
      return runOf(month.add({ months: 1 }), { months: 1 })
    case 'this_quarter':
      return runOf(quarter, { months: QUARTER_MONTHS })
    case 'last_quarter':
      return runOf(quarter.subtract({ months: QUARTER_MONTHS }), { months: QUARTER_MONTHS })
    case 'this_year':
      return runOf(year, { years: 1 })
    case 'last_year':
      return runOf(year.subtract({ years: 1 }), { years: 1 })
  }
}

const runOf = (from: Temporal.PlainDate, length: Temporal.DurationLike): Days => ({
  from,
  to: from.add(length).subtract({ days: 1 }),
})

/** From an instant (belongs to it) until an instant (does not); left out = open. */
export interface Instants {
  readonly from?: Date
  readonly until?: Date
}

/** The instants of whole days in the time zone. */
export const instantsOf = ({ from, to }: Partial<Days>, { timeZone }: Clock): Instants => ({
  ...(from ? { from: startOf(from, timeZone) } : {}),
  ...(to ? { until: startOf(to.add({ days: 1 }), timeZone) } : {}),
})

/** A millisecond later: instants are kept to the millisecond, so "after" begins there and "until and with" ends there. */
export const justAfter = (at: Date): Date => new Date(at.getTime() + 1)

/** When a behaviour is asked to have happened. */
export function instantsWithin(within: Within | undefined, clock: Clock): Instants {
  if (!within) return {}
  if ('last' in within) return { from: instantAway(clock, within.last, -1), until: justAfter(clock.now) }
  if ('during' in within) return instantsOf(daysOf(within.during, clock), clock)
  const day = (text: string | undefined) => (text === undefined ? undefined : Temporal.PlainDate.from(text))
  const [from, to] = [day(within.from), day(within.to)]
  return instantsOf({ ...(from ? { from } : {}), ...(to ? { to } : {}) }, clock)
}

/** `MM-DD` of today and of so many days after it. In years without it, 29 February is kept on 28 February. */
export function monthDaysAhead(clock: Clock, days: number): string[] {
  const first = today(clock)
  const ahead = Array.from({ length: days + 1 }, (_, n) => first.add({ days: n }))
  const leaps = ahead.some(({ month, day, inLeapYear }) => month === 2 && day === 28 && !inLeapYear) ? ['02-29'] : []
  return [...new Set([...ahead.map((day) => day.toString().slice(5)), ...leaps])]
}
