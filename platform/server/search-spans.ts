const DAY_MS = 86_400_000

/** Days in each span in which search looks first, the last ones before all others. */
const RECENT = [2, 12, 70]
const RECENT_DAYS = RECENT.reduce((sum, days) => sum + days, 0)

/** Days in each span before those: looking ends with the one in which there is enough. */
const OLDER_DAYS = 60
/** Further back one look at everything costs less. */
const MOST_OLDER = 12
/** So few finds of the last days tell nothing of those before. */
const TELLING = 12
/** Whether so many finds of the last days tell how many there are before. */
export const isTelling = (found: number): boolean => found >= TELLING
/** Finds are not strewn evenly. */
const SPARE = 1.3

interface Sought {
  readonly objects: readonly string[]
  /** The moment from which on it is looked back. */
  readonly from: Date
}

/** Keys of each span as `platform.search_keys` makes them, the last days first. */
export const recentSpans = (sought: Sought): string[][] => spansOf(sought, 0, RECENT)

/**
 * As many spans before the recent ones as are likely to hold the rest of what is wanted: what is found often, yet not often enough for the last days,
 * is thousands of finds in all. Undefined when looking through everything is likely to find little more.
 */
export function olderSpans(
  sought: Sought,
  { found, wanted }: { found: number; wanted: number },
): string[][] | undefined {
  if (!isTelling(found)) return undefined
  const days = (RECENT_DAYS * SPARE * (wanted - found)) / found
  const spans = Math.ceil(days / OLDER_DAYS)
  return spans <= MOST_OLDER ? spansOf(sought, RECENT_DAYS, Array(spans).fill(OLDER_DAYS)) : undefined
}

function spansOf({ objects, from }: Sought, skipped: number, spans: readonly number[]): string[][] {
  // A clock that ran ahead may have dated something tomorrow.
  let last = Math.floor(from.getTime() / DAY_MS) + 1 - skipped
  return spans.map((days) => {
    const keys = Array.from({ length: days }, (_, ago) => objects.map((object) => `${object} ${last - ago}`))
    last -= days
    return keys.flat()
  })
}
