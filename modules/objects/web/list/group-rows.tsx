import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { RowPage } from '#modules/objects/contract'
import { type Asked, rowsQuery } from './rows-api.ts'

/** What is loaded of one group. */
export interface Loaded {
  readonly pages: readonly RowPage[]
  readonly error: Error | null
  readonly hasMore: boolean
  readonly isLoading: boolean
  more(): void
}

interface GroupRowsProps {
  id: string
  object: string
  asked: Asked
  onLoaded: (id: string, loaded: Loaded) => void
}

/** Reads the rows of one opened group page by page, and tells the list. Draws nothing: the list draws all groups as one. */
export function GroupRows({ id, object, asked, onLoaded }: GroupRowsProps) {
  const { data, error, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery(rowsQuery(object, asked))
  useEffect(() => {
    onLoaded(id, {
      pages: data?.pages ?? [],
      error,
      hasMore: hasNextPage,
      isLoading: isFetching,
      more: () => void fetchNextPage(),
    })
  }, [id, data, error, hasNextPage, isFetching, fetchNextPage, onLoaded])
  return null
}
