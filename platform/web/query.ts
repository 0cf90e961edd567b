import {
  type InvalidateOptions,
  type InvalidateQueryFilters,
  type Query,
  QueryCache,
  QueryClient,
  type QueryKey,
} from '@tanstack/react-query'
import { ApiProblem, isAway } from './api.ts'
import { stamp } from './stamp.ts'

const MAX_RETRIES = 2
const KEPT_MS = 30 * 60_000

/** Refusals stay refusals; only a lost connection or a failing server is asked again. */
const isWorthRetrying = (failures: number, error: Error) => failures < MAX_RETRIES && isAway(error)

/**
 * What changes while it is read for the first time is read once more: the answer on its way may be from before. TanStack Query begins such a
 * reading anew only where something is shown already, and takes the answer for fresh.
 */
class WindowCache extends QueryClient {
  readonly #toReadAgain = new Set<Query>()

  override invalidateQueries<Key extends QueryKey = QueryKey>(
    filters?: InvalidateQueryFilters<Key>,
    options?: InvalidateOptions,
  ): Promise<void> {
    const underWay = this.getQueryCache()
      .findAll(filters)
      .flatMap((query) => (isBeingRead(query) ? [{ query, reading: query.promise }] : []))
    const done = super.invalidateQueries(filters, options)
    for (const { query, reading } of underWay) {
      if (query.promise !== reading || this.#toReadAgain.has(query)) continue
      this.#toReadAgain.add(query)
      afterReading(query, () => {
        this.#toReadAgain.delete(query)
        const refetchType = filters?.refetchType ?? 'active'
        void this.invalidateQueries({ queryKey: query.queryKey, exact: true, refetchType }, options)
      })
    }
    return done
  }
}

/** The stamp under which something was last read; what a window puts there itself does not count. */
const readAt = new WeakMap<object, number>()

const isBeingRead = (query: Query) => query.state.fetchStatus !== 'idle'

/** Waits for the answer on its way, or for its end without one. */
const afterReading = (query: Query, then: () => void) => void query.fetch().then(then, then)

/**
 * Makes a request whose answer tells how something stands now, and shows it at once: as the data of the query, unless `show` puts it elsewhere.
 * What was read while the request was on its way, or is being read, may be newer than the answer, so it is read once more.
 */
export async function askAndShow<Answer>(
  cache: QueryClient,
  queryKey: QueryKey,
  ask: () => Promise<Answer>,
  show = (answer: Answer): void => void cache.setQueryData(queryKey, answer),
): Promise<Answer> {
  const askedAt = stamp()
  const answer = await ask()
  const isReadSince = cache
    .getQueryCache()
    .findAll({ queryKey })
    .some((query) => isBeingRead(query) || (readAt.get(query) ?? 0) > askedAt)
  show(answer)
  if (isReadSince) void cache.invalidateQueries({ queryKey })
  return answer
}

/**
 * Puts what is known to be new into what is shown. A reading under way was asked for before, and an earlier page comes together with the others as
 * they were then: when it ends, `put` runs once more.
 */
export function putNews(cache: QueryClient, queryKey: QueryKey, put: () => void): void {
  put()
  for (const query of cache.getQueryCache().findAll({ queryKey })) if (isBeingRead(query)) afterReading(query, put)
}

/** The cache of server data. Live events keep it fresh, so nothing grows stale by itself. `onSignedOut` hears of a lost session. */
export const createQueryClient = (onSignedOut: () => void): QueryClient =>
  new WindowCache({
    queryCache: new QueryCache({
      onSuccess: (_data, query) => void readAt.set(query, stamp()),
      onError: (error) => {
        if (error instanceof ApiProblem && error.problem.status === 401) onSignedOut()
      },
    }),
    // `networkMode`: what a browser thinks of its network says nothing of Okno, which may run beside it. Held back until the network is there, a form
    // would spin without a word, and be sent when nobody expects it any more.
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: KEPT_MS,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: isWorthRetrying,
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
