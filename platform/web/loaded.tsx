import type { ReactNode } from 'react'
import { givesWay } from './api.ts'
import { ErrorState, LoadingState } from './states.tsx'

/** What a list's query brings, or what stands in its place: waiting, why not and another try, nothing there yet. */
export function Loaded<Item>({
  query: { data, error, refetch },
  empty,
  children,
}: {
  query: { data: readonly Item[] | undefined; error: Error | null; refetch: () => unknown }
  empty: ReactNode
  children: (items: readonly Item[]) => ReactNode
}) {
  if (givesWay(data, error)) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <LoadingState />
  return data.length === 0 ? empty : children(data)
}
