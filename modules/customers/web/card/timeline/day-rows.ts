/** A line between two days, or an entry. */
export type DayRow<Entry> =
  | { readonly type: 'day'; readonly key: string; readonly at: string }
  | { readonly type: 'entry'; readonly key: string; readonly entry: Entry }

/** Entries with a line before each day of a time zone; null = the zone of this computer. The order stays as it is. */
export function withDays<Entry extends { id: string; at: string }>(
  entries: readonly Entry[],
  timeZone: string | null,
): DayRow<Entry>[] {
  // The Swedish calendar writes dates as ISO 8601 does.
  const calendar = new Intl.DateTimeFormat('sv', timeZone ? { timeZone } : {})
  const rows: DayRow<Entry>[] = []
  let before = ''
  for (const entry of entries) {
    const day = calendar.format(new Date(entry.at))
    if (day !== before) rows.push({ type: 'day', key: day, at: entry.at })
    before = day
    rows.push({ type: 'entry', key: entry.id, entry })
  }
  return rows
}

/** The last moment of a day (`2026-11-22`) in a time zone: where one begins to read back from it. */
export function endOfDay(day: string, timeZone: string | null): Date {
  const utc = new Date(`${day}T23:59:59.999Z`)
  const parts = new Intl.DateTimeFormat('en', { ...(timeZone ? { timeZone } : {}), timeZoneName: 'longOffset' })
  const offset = parts.formatToParts(utc).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT'
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(offset) ?? []
  const shift = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1)
  return new Date(utc.getTime() - shift * 60_000)
}
