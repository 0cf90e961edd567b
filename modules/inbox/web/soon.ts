/** What changes faster than this on screen cannot be read anyway. */
const REST_MS = 2_000
/** Rests this many times as long as the last run took: whoever asks a slow server asks it less often. */
const REST_TIMES = 10
const LONGEST_REST_MS = 5_000

/**
 * Runs once, soon after the first of a burst of calls (from `delayMs` to twice that; a call may name another delay, the earliest counts), and
 * never while a run is under way. When bursts follow each other it rests between two runs, the longer the more time one takes. Many windows
 * hear of one thing at the same moment: chance keeps them from asking at the same moment too. A run that fails counts like any other.
 */
export function soon(delayMs: number, run: () => Promise<unknown>): (otherDelayMs?: number) => void {
  let askedFor = Number.POSITIVE_INFINITY
  let notBefore = 0
  let isBusy = false
  let timer: ReturnType<typeof setTimeout> | undefined

  function plan() {
    clearTimeout(timer)
    if (isBusy || askedFor === Number.POSITIVE_INFINITY) return
    timer = setTimeout(work, Math.max(0, Math.max(askedFor, notBefore) - performance.now()))
  }

  async function work() {
    askedFor = Number.POSITIVE_INFINITY
    isBusy = true
    const began = performance.now()
    await Promise.allSettled([run()])
    const ended = performance.now()
    const rest = Math.min(LONGEST_REST_MS, Math.max(REST_MS, REST_TIMES * (ended - began)))
    notBefore = ended + rest * (0.5 + Math.random())
    isBusy = false
    plan()
  }

  return (otherDelayMs = delayMs) => {
    askedFor = Math.min(askedFor, performance.now() + otherDelayMs * (1 + Math.random()))
    plan()
  }
}
