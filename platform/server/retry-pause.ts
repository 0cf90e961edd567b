const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS
const FIRST_MS = 5 * SECOND_MS
const LONGEST_MS = 60 * MINUTE_MS

/** After so long nobody tries again: a weekend, and somebody to look on Monday. */
export const GIVE_UP_AFTER_MS = 3 * 24 * 60 * MINUTE_MS

/**
 * Milliseconds until the next try of something that another server did not take: 5 s, doubled with each try up to an hour, spread so that
 * many do not return together. The other side's own word takes the place of the doubling: coming earlier would be counted against us. A word of
 * no time at all is no reason to come without a pause.
 *
 * @param attempts tries so far, at least 1
 * @param random 0 ≤ random < 1
 */
export function retryPauseMs(attempts: number, random: number, retryAfterSeconds?: number): number {
  const spread = 0.75 + random * 0.5
  if (retryAfterSeconds !== undefined)
    return Math.max(FIRST_MS * spread, retryAfterSeconds * SECOND_MS * (1 + random * 0.1))
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempts - 1, 20)) * spread
}
