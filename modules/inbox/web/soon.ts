/** What changes faster than this on screen cannot be read anyway. */
const REST_MS = 2_000
/** Rests this many times as long as the last run took: whoever asks a slow server asks it less often. */
const REST_TIMES = 10
const LONGEST_REST_MS = 5_000

/**
 * Runs once, soon after the first of a burst of calls (from `delayMs` to twice that), and never while a run is under way. When bursts follow
 * each other it rests between two runs, the longer the more time one takes. Many windows hear of one thing at the same moment: chance
 * keeps them from asking at the same moment too. A run that fails counts like any other.
 */
export function soon(delayMs: number, run: () => Promise<unknown>): () => void {
  let isAsked = false
  let isBusy = false
  let notBefore = 0

  async function work() {
    isBusy = true
    while (isAsked) {
      const wait = Math.max(delayMs * (1 + Math.random()), notBefore - performance.now())
      await new Promise((resolve) => setTimeout(resolve, wait))
      isAsked = false
      const began = performance.now()
      await Promise.allSettled([run()])
      const ended = performance.now()
      const rest = Math.min(LONGEST_REST_MS, Math.max(REST_MS, REST_TIMES * (ended - began)))
      notBefore = ended + rest * (0.5 + Math.random())
    }
    isBusy = false
  }
  return () => {
    isAsked = true
    if (!isBusy) void work()
  }
}
