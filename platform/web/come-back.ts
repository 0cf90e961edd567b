import { type Query, QueryClient } from '@tanstack/react-query'
import { isAway } from './api.ts'
import type { LiveClient } from './live.ts'

/** The first pause between two looks, and the longest; each is drawn out by chance up to twice, so that windows do not come all at once. */
const FIRST_MS = 2_000
const LONGEST_MS = 15_000

/**
 * What is on screen and could not be read because Okno was away is read by itself when Okno is back. One look for the whole window: one of the
 * unanswered questions is asked again, and only when that has an answer the others are. A hidden tab asks nothing until it is looked at.
 */
export function comeBackByItself(cache: QueryClient, live: Pick<LiveClient, 'status' | 'subscribe'>): void {
  /** Asks aside, so that what stands on the screen is an error or an answer, and nothing that flickers in between. */
  const aside = new QueryClient()
  let timer: ReturnType<typeof setTimeout> | undefined
  let isLooking = false
  let pauseMs = FIRST_MS

  const unanswered = () =>
    cache
      .getQueryCache()
      .findAll({ type: 'active', fetchStatus: 'idle', predicate: ({ state }) => isAway(state.error) })

  function plan(): void {
    if (timer !== undefined || isLooking || document.hidden || unanswered().length === 0) return
    timer = setTimeout(() => void look(), pauseMs * (1 + Math.random()))
  }

  async function look(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const [first, ...others] = inAnyOrder(unanswered())
    if (isLooking || document.hidden || !first) return
    isLooking = true
    const isBack = await isAnswered(first)
    if (isBack) await Promise.all(others.map(isAnswered))
    isLooking = false
    pauseMs = isBack ? FIRST_MS : Math.min(pauseMs * 2, LONGEST_MS)
    plan()
  }

  /** Whether Okno answered, with whatever: a refusal is an answer, too. */
  async function isAnswered(query: Query): Promise<boolean> {
    const { queryKey } = query
    const readAgain = () => cache.refetchQueries({ queryKey, exact: true })
    if (query.state.data !== undefined) {
      await readAgain()
      return !isAway(query.state.error)
    }
    try {
      const answer = await aside.fetchQuery({ ...query.options, queryKey, retry: false, gcTime: 0 })
      // Meanwhile somebody may have asked by hand.
      if (isAway(query.state.error)) cache.setQueryData(queryKey, answer)
      return true
    } catch (error) {
      if (isAway(error)) return false
      await readAgain()
      return true
    }
  }

  const lookNow = () => {
    pauseMs = FIRST_MS
    void look()
  }
  cache.getQueryCache().subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'error') plan()
  })
  live.subscribe(() => {
    if (live.status() === 'connected') lookNow()
  })
  window.addEventListener('online', lookNow)
  document.addEventListener('visibilitychange', lookNow)
}

/** One that fails for a reason of its own must not stand before the others for ever. */
const inAnyOrder = (queries: Query[]): Query[] =>
  queries
    .map((query) => [Math.random(), query] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, query]) => query)
