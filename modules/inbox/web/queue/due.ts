/** How pressing a conversation is. `overdue` = past the norm or the limit, `soon` = within the last quarter or 15 minutes before. */
export type Pressure = 'overdue' | 'soon' | 'calm'

const SOON_MS = 15 * 60_000
const SOON_SHARE = 0.25

interface Waiting {
  waitingSince: string | null
  dueAt: string | null
  limitAt: string | null
}

/** When the answer is due and how pressing that is; null when nobody waits for us. */
export function dueOf(
  { waitingSince, dueAt, limitAt }: Waiting,
  now: number,
): { at: number; pressure: Pressure } | null {
  if (waitingSince === null) return null
  const times = [dueAt, limitAt].filter((at) => at !== null).map((at) => Date.parse(at))
  if (times.length === 0) return null
  const at = Math.min(...times)
  const left = at - now
  if (left <= 0) return { at, pressure: 'overdue' }
  const whole = at - Date.parse(waitingSince)
  return { at, pressure: left <= Math.max(SOON_MS, whole * SOON_SHARE) ? 'soon' : 'calm' }
}
