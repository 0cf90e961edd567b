import type { FormConfig } from '../adapters/form/config.ts'

export interface Slot {
  /** ISO moments in UTC. */
  readonly from: string
  readonly to: string
  /** Day and time in the time zone of the form: «пн, 23 ноября, 10:00–11:00». */
  readonly words: string
}

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
/** Somebody has to see the request first. */
const NOTICE_MS = 15 * MINUTE_MS

/** Times at which a call can be asked for: the next working days, cut into slots; none that is already near. */
export function callbackSlots({ slots, locale }: FormConfig, now: Date): Slot[] {
  const { timeZone, weekdays, minutes } = slots
  const found: Slot[] = []
  const lengthMs = minutes * MINUTE_MS
  let daysLeft = slots.days
  // Two weeks are enough to meet any weekday twice.
  for (let day = 0; day < 14 + slots.days * 7 && daysLeft > 0; day++) {
    const date = localDate(new Date(now.getTime() + day * DAY_MS), timeZone)
    if (!weekdays.includes(weekdayOf(date))) continue
    const end = moment(date, slots.to, timeZone)
    const before = found.length
    for (let from = moment(date, slots.from, timeZone); from + lengthMs <= end; from += lengthMs) {
      if (from < now.getTime() + NOTICE_MS) continue
      const to = from + lengthMs
      found.push({
        from: new Date(from).toISOString(),
        to: new Date(to).toISOString(),
        words: wordsOf(from, to, { timeZone, locale }),
      })
    }
    if (found.length > before) daysLeft--
  }
  return found
}

/** 'YYYY-MM-DD' of a moment in a time zone. */
const localDate = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at)

/** 1 = Monday … 7 = Sunday. */
const weekdayOf = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay() || 7

/** Milliseconds of a local clock time. Asked twice, because the offset itself depends on the moment (summer time). */
function moment(date: string, clock: string, timeZone: string): number {
  const asUtc = Date.parse(`${date}T${clock}:00Z`)
  const first = asUtc - offsetMs(asUtc, timeZone)
  return asUtc - offsetMs(first, timeZone)
}

function offsetMs(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(at)
  const get = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  const local = Date.UTC(get('year'), get('month') - 1, get('day'), get('hour'), get('minute'), get('second'))
  return local - Math.floor(at / 1000) * 1000
}

function wordsOf(from: number, to: number, { timeZone, locale }: { timeZone: string; locale: 'ru' | 'en' }): string {
  const day = new Intl.DateTimeFormat(locale, { timeZone, weekday: 'short', day: 'numeric', month: 'long' }).format(
    from,
  )
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' })
  return `${day}, ${clock.format(from)}–${clock.format(to)}`
}
