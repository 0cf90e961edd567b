const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How long a span is, in the one unit that says enough: `<1 min`, `5 min`, `3 h`, `2 d`. Milliseconds in. */
export function formatSpan(ms: number, locale: string): string {
  const show = (value: number, unit: string) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(value)
  if (ms < MINUTE) return `<${show(1, 'minute')}`
  if (ms < HOUR) return show(Math.floor(ms / MINUTE), 'minute')
  if (ms < 2 * DAY) return show(Math.floor(ms / HOUR), 'hour')
  return show(Math.floor(ms / DAY), 'day')
}

const isSameDay = (a: Date, b: Date) => a.toDateString() === b.toDateString()

/** Short and relative, for lists: the hour today, "yesterday", the day this year, else the date. */
export function formatShort(at: Date, now: Date, locale: string): string {
  if (isSameDay(at, now)) return new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' }).format(at)
  const yesterday = new Date(now.getTime() - DAY)
  if (isSameDay(at, yesterday)) return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-1, 'day')
  const isThisYear = at.getFullYear() === now.getFullYear()
  return new Intl.DateTimeFormat(
    locale,
    isThisYear ? { day: 'numeric', month: 'short' } : { day: 'numeric', month: 'numeric', year: '2-digit' },
  ).format(at)
}

/** The hour and minute. */
export const formatClock = (at: Date, locale: string): string =>
  new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' }).format(at)

/** "Today", "yesterday", or the whole date: the line between two days of a thread. */
export function formatDay(at: Date, now: Date, locale: string): string {
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  if (isSameDay(at, now)) return capitalise(relative.format(0, 'day'))
  if (isSameDay(at, new Date(now.getTime() - DAY))) return capitalise(relative.format(-1, 'day'))
  return new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'long',
    ...(at.getFullYear() === now.getFullYear() ? { weekday: 'long' } : { year: 'numeric' }),
  }).format(at)
}

const capitalise = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** The exact moment. When the workspace lives by another clock than this computer, both are shown with their names. */
export function formatExact(at: Date, locale: string, workspaceZone: string | null): string {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone
  const form = (timeZone: string, isNamed: boolean) =>
    new Intl.DateTimeFormat(locale, {
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      timeZone,
      ...(isNamed ? { timeZoneName: 'short' } : {}),
    }).format(at)
  if (!workspaceZone || offsetOf(at, own) === offsetOf(at, workspaceZone)) return form(own, false)
  return `${form(own, true)} · ${form(workspaceZone, true)}`
}

const offsetOf = (at: Date, timeZone: string) =>
  new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value

/** Bytes in the unit a person would use. */
export function formatBytes(bytes: number, locale: string): string {
  const [value, unit] =
    bytes < 1_000_000
      ? [Math.max(1, bytes / 1000), 'kilobyte']
      : bytes < 1_000_000_000
        ? [bytes / 1_000_000, 'megabyte']
        : [bytes / 1_000_000_000, 'gigabyte']
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: value < 10 ? 1 : 0 }).format(value)
}
