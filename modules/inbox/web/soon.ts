/** Rests this many times as long as the last run took: whoever asks a slow server asks it less often. */
const REST = 10
const LONGEST_REST_MS = 5_000

/**
 * Runs once, this many milliseconds after the first of a burst of calls, and never while a run is under way. When bursts follow each other
 * the rest between two runs grows with the time that one takes: many open windows together must not ask more than the server can
 * answer. A run that fails counts like any other.
 */
export function soon(delayMs: number, run: () => Promise<unknown>): () => void {
  let isAsked = false
  let isBusy = false
  let notBefore = 0

  async function work() {
    isBusy = true
    while (isAsked) {
      await new Promise((resolve) => setTimeout(resolve, Math.max(delayMs, notBefore - performance.now())))
      isAsked = false
      const began = performance.now()
      await Promise.allSettled([run()])
      const ended = performance.now()
      notBefore = ended + Math.min(LONGEST_REST_MS, REST * (ended - began))
    }
    isBusy = false
  }
  return () => {
    isAsked = true
    if (!isBusy) void work()
  }
}
