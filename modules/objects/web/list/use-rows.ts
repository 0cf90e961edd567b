import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import type { RowPage } from '#modules/objects/contract'
import { givesWay, isAway } from '#platform/web'
import type { Names } from '../grid/cell-value.tsx'
import type { Line } from '../grid/grid.tsx'
import { type Asked, rowsQuery } from './rows-api.ts'

/** What a list on screen is drawn from. */
export interface ListLines {
  readonly lines: readonly Line[]
  readonly names: Names
  readonly canEdit: boolean
  /** Why there is nothing to show. */
  readonly error: Error | null
  readonly isPending: boolean
  readonly isStale: boolean
  readonly hasMore: boolean
  readonly isLoadingMore: boolean
  refetch(): void
  /** From which to which line there is something on screen: more is read when the end comes near. */
  onSeen(first: number, last: number): void
}

/** The lines of a list without groups. */
export function useRows(object: string, asked: Asked, isReady: boolean): ListLines {
  const { data, error, isPending, isPlaceholderData, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } =
    useInfiniteQuery(rowsQuery(object, asked, isReady))
  const pages = data?.pages
  const lines = useMemo(() => linesOf(pages ?? []), [pages])
  const names = useMemo(() => namesOf(pages ?? []), [pages])
  const count = lines.length
  const onSeen = useCallback(
    (_first: number, last: number) => {
      if (hasNextPage && !isFetchingNextPage && !error && last >= count - 1) void fetchNextPage()
    },
    [hasNextPage, isFetchingNextPage, error, count, fetchNextPage],
  )
  return {
    lines,
    names,
    canEdit: pages?.[0]?.can.edit ?? false,
    error: givesWay(data, error) || !isAway(error) ? error : null,
    isPending,
    isStale: isPlaceholderData,
    hasMore: hasNextPage,
    isLoadingMore: isFetchingNextPage,
    refetch: () => void refetch(),
    onSeen,
  }
}

/** Rows as lines; `groupId` keeps a row that stands under several headings apart from itself. */
export const linesOf = (pages: readonly RowPage[], groupId?: string): Line[] => {
  const seen = new Set<string>()
  // A row that moved between two pages while they were read stands where it was met first.
  return pages.flatMap(({ items }) =>
    items.flatMap((row): Line[] => {
      if (seen.has(row.id)) return []
      seen.add(row.id)
      return [{ kind: 'row', id: groupId === undefined ? row.id : `${groupId}/${row.id}`, row }]
    }),
  )
}

export function namesOf(pages: readonly RowPage[]): Names {
  const names: Record<string, Record<string, string>> = {}
  for (const page of pages)
    for (const [object, some] of Object.entries(page.names)) names[object] = { ...names[object], ...some }
  return names
}
