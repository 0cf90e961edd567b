import type { DemoTalk } from './talk.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** The demo company works by Moscow time, which has had no summer time since 2014. */
const MOSCOW_MS = 3 * 3_600_000

export const minutesAfter = (start: Date, minutes: number): Date => new Date(start.getTime() + minutes * MINUTE_MS)

/** When a talk began, seen from `now`. */
export const startOf = ({ start }: Pick<DemoTalk, 'start'>, now: Date): Date =>
  'minutesAgo' in start ? minutesAfter(now, -start.minutesAgo) : workdayAt(now, -start.day, start.at)

/** So many minutes into a talk; what would lie ahead of `now` happens now. */
export const momentOf = (talk: Pick<DemoTalk, 'start'>, minutes: number, now: Date): Date =>
  new Date(Math.min(minutesAfter(startOf(talk, now), minutes).getTime(), now.getTime()))

/** A time of day on the n-th working day before (n < 0) or after today, Moscow time. */
export function workdayAt(now: Date, workdays: number, at: string): Date {
  let day = Math.floor((now.getTime() + MOSCOW_MS) / DAY_MS)
  for (let left = Math.abs(workdays); left > 0; ) {
    day += Math.sign(workdays)
    if (!isWeekend(day)) left--
  }
  const [hours = 0, minutes = 0] = at.split(':').map(Number)
  return new Date(day * DAY_MS - MOSCOW_MS + (hours * 60 + minutes) * MINUTE_MS)
}

/** Days since 1 January 1970, a Thursday. */
const isWeekend = (day: number) => (day + 4) % 7 === 0 || (day + 4) % 7 === 6
