import type { InboxSettings } from '../contract/index.ts'

export type BusinessHours = InboxSettings['businessHours']

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const MINUTE_MS = 60_000
/** Longer without a single open hour, and the hours say nothing: the calendar decides. */
const MAX_CLOSED_DAYS = 366

interface Span {
  readonly beginMs: number
  readonly endMs: number
}

/**
 * The moment when `minutes` of business hours have passed since `start`. Counts real minutes, so a day with a clock change is
 * shorter or longer as it really is. Without any open hour within a year, minutes of the calendar.
 */
export function addBusinessMinutes(
  start: Date,
  minutes: number,
  { businessHours, timeZone }: { businessHours: BusinessHours; timeZone: string },
): Date {
  let leftMs = minutes * MINUTE_MS
  let closedDays = 0
  let day = Temporal.Instant.fromEpochMilliseconds(start.getTime()).toZonedDateTimeISO(timeZone).toPlainDate()
  while (closedDays <= MAX_CLOSED_DAYS) {
    const before = leftMs
    for (const { beginMs, endMs } of openSpans(day, businessHours, timeZone)) {
      const fromMs = Math.max(beginMs, start.getTime())
      if (fromMs >= endMs) continue
      if (leftMs <= endMs - fromMs) return new Date(fromMs + leftMs)
      leftMs -= endMs - fromMs
    }
    closedDays = leftMs === before ? closedDays + 1 : 0
    day = day.add({ days: 1 })
  }
  return new Date(start.getTime() + minutes * MINUTE_MS)
}

/** Open spans of one local day in order, without overlaps. */
export function openSpans(day: Temporal.PlainDate, hours: BusinessHours, timeZone: string): Span[] {
  if (hours.holidays.includes(day.toString())) return []
  const weekday = WEEKDAYS[day.dayOfWeek - 1]
  const spans = (weekday ? hours[weekday] : [])
    .map(([begin, end]) => ({ beginMs: momentOf(day, begin, timeZone), endMs: momentOf(day, end, timeZone) }))
    .filter(({ beginMs, endMs }) => beginMs < endMs)
    .sort((a, b) => a.beginMs - b.beginMs)
  const merged: Span[] = []
  for (const span of spans) {
    const last = merged.at(-1)
    if (!last || last.endMs < span.beginMs) merged.push(span)
    else merged.splice(-1, 1, { beginMs: last.beginMs, endMs: Math.max(last.endMs, span.endMs) })
  }
  return merged
}

/** A local clock time as a moment; `24:00` is the beginning of the next day, and a time that a clock change skips moves forward. */
function momentOf(day: Temporal.PlainDate, clock: string, timeZone: string): number {
  const date = clock === '24:00' ? day.add({ days: 1 }) : day
  const plainTime = clock === '24:00' ? '00:00' : clock
  return date.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds
}
