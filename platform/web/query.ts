import { QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiProblem } from './api.ts'

const MAX_RETRIES = 2
const KEPT_MS = 30 * 60_000

/** Refusals stay refusals; only a lost connection or a failing server is asked again. */
const isWorthRetrying = (failures: number, error: Error) =>
  failures < MAX_RETRIES && error instanceof ApiProblem && (error.problem.status === 0 || error.problem.status >= 502)

/** The cache of server data. Live events keep it fresh, so nothing grows stale by itself. `onSignedOut` hears of a lost session. */
export const createQueryClient = (onSignedOut: () => void): QueryClient =>
  new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (error instanceof ApiProblem && error.problem.status === 401) onSignedOut()
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: KEPT_MS,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: isWorthRetrying,
      },
      mutations: { retry: false },
    },
  })
