/** What the clock shows where the person is. */
export interface LocalTime {
  readonly clock: string
  /** Whether it is their best time now; null = they named none. */
  readonly isGood: boolean | null
}

/** Null while the zone is unknown, or is none. `bestTime` as `18:00-21:30`; its end may lie after midnight. */
export function localTime(
  now: Date,
  timeZone: string | null,
  bestTime: string | null,
  locale: string,
): LocalTime | null {
  if (!timeZone) return null
  const written = (language: string) =>
    new Intl.DateTimeFormat(language, { timeZone, hour: '2-digit', minute: '2-digit' }).format(now)
  try {
    const [from, until] = bestTime?.split('-') ?? []
    // The Swedish clock writes hours as they are kept: 09:05.
    return { clock: written(locale), isGood: from && until ? isBetween(written('sv'), from, until) : null }
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

const isBetween = (time: string, from: string, until: string) =>
  from <= until ? time >= from && time < until : time >= from || time < until
