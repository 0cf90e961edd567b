import type { Parameters as FuzzParameters } from 'fast-check'

/** Seconds that each property runs in a long search: `OKNO_FUZZ_SECONDS=600 npx vitest run … -t 'whatever'`. */
const SECONDS = Number(process.env.OKNO_FUZZ_SECONDS ?? 0)

/**
 * How long one property looks for a counterexample: `runs` times in the suite, but never longer than `limitMs`, because a busy machine
 * must not make a search fail; for `OKNO_FUZZ_SECONDS` when that is set. A failure names the seed that finds it again.
 */
export const search = ({ runs, limitMs = 4000 }: { runs: number; limitMs?: number }): FuzzParameters<unknown> =>
  SECONDS > 0
    ? { numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: SECONDS * 1000, markInterruptAsFailure: false }
    : { numRuns: runs, interruptAfterTimeLimit: limitMs, markInterruptAsFailure: false }

/** Time limit of a test that searches, in milliseconds: shrinking a counterexample takes a while. */
export const SEARCH_TIMEOUT_MS = SECONDS * 1000 + 120_000

/** Milliseconds of processor time that this thread spends on `work`: what other programs do does not count. */
export async function processorMs(work: () => Promise<unknown>): Promise<number> {
  const before = process.threadCpuUsage()
  await work()
  const spent = process.threadCpuUsage(before)
  return (spent.user + spent.system) / 1000
}
