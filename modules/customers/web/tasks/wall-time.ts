/** What clock and calendar of a time zone show at a moment, as a `datetime-local` input keeps it: `2026-11-20T09:30`. */
export const toWall = (at: Date, timeZone: string): string =>
  // Swedish writes dates as ISO does.
  new Intl.DateTimeFormat('sv', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
    .format(at)
    .replace(' ', 'T')

/**
 * The moment at which a clock in that zone shows `wall`. An hour that is skipped in spring counts as the one after it; of one that comes
 * twice in autumn it is the first.
 */
export function fromWall(wall: string, timeZone: string): Date {
  const asUtc = Date.parse(`${wall}Z`)
  const offset = (at: number) => Date.parse(`${toWall(new Date(at), timeZone)}Z`) - at
  // No zone changes its clock twice within two days, so the offsets of a day before and after are the only ones there can be.
  const day = 86_400_000
  const candidates = [asUtc - offset(asUtc - day), asUtc - offset(asUtc + day)].sort((a, b) => a - b)
  const right = candidates.find((at) => toWall(new Date(at), timeZone) === wall)
  return new Date(right ?? candidates.at(-1) ?? asUtc)
}

/** This many days from the day of `now`, at that hour, by the zone's clock. */
export function wallAfter(now: Date, timeZone: string, { days, time }: { days: number; time: string }): string {
  const noon = Date.parse(`${toWall(now, timeZone).slice(0, 10)}T12:00Z`)
  return `${new Date(noon + days * 86_400_000).toISOString().slice(0, 10)}T${time}`
}
