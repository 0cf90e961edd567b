import {
  type InfiniteData,
  infiniteQueryOptions,
  keepPreviousData,
  type QueryKey,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { CustomValues, FieldValues, Groups, RowPage } from '#modules/objects/contract'
import type { Condition } from '#platform/shared/objects/condition'
import { api, askAndShow, notify } from '#platform/web'
import { refusalText } from '../code-text.ts'
import { rowsKey } from '../objects-api.ts'

export type RowWire = FieldValues
type Pages = InfiniteData<RowPage, string | null>

/** What a list asks for. */
export interface Asked {
  readonly q: string
  readonly sort: string
  readonly condition: Condition | null
  /** Keys of the fields whose cells are shown. */
  readonly fields: readonly string[]
}

const PAGE = 50
const GROUPS = 'groups'
/** Kept pages of rows: headings of groups are kept under the same key, and are none. */
const pagesOf = (object: string) => ({
  queryKey: rowsKey(object),
  predicate: ({ queryKey }: { queryKey: QueryKey }) => !queryKey.includes(GROUPS),
})
const filterText = (condition: Condition | null) => (condition ? JSON.stringify(condition) : null)

/** Pages of a list with their cells. */
export const rowsQuery = (object: string, { condition, fields, ...asked }: Asked, isReady = true) =>
  infiniteQueryOptions({
    queryKey: [...rowsKey(object), asked, fields, condition],
    enabled: isReady,
    queryFn: ({ pageParam, signal }) =>
      api.get<RowPage>(`/objects/${object}/rows`, {
        signal,
        query: {
          ...asked,
          fields: fields.join(','),
          filter: filterText(condition),
          cursor: pageParam,
          limit: PAGE,
        },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })

/** Pages of the headings of a list that stands in groups. */
export const groupsQuery = (object: string, field: string | null, condition: Condition | null) =>
  infiniteQueryOptions({
    queryKey: [...rowsKey(object), GROUPS, field, condition],
    enabled: field !== null,
    queryFn: ({ pageParam, signal }) =>
      api.get<Groups>(`/objects/${object}/groups`, {
        signal,
        query: { field, filter: filterText(condition), cursor: pageParam },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })

interface Written {
  readonly id: string
  readonly field: string
  readonly value: CustomValues[string]
}

/** Changes one cell: it stands there at once, and goes back with a word when the server refuses it. */
export function useWriteCell(object: string) {
  const cache = useQueryClient()
  const { t } = useTranslation()
  const put = (id: string, values: FieldValues['values'], name?: string) =>
    cache.setQueriesData<Pages>(pagesOf(object), (pages) => pages && withValues(pages, id, values, name))
  return useMutation({
    mutationFn: ({ id, field, value }: Written) =>
      askAndShow(
        cache,
        rowsKey(object),
        () => api.patch<FieldValues>(`/objects/${object}/values/${id}`, { values: { [field]: value } }),
        (now) => put(now.id, now.values, now.name),
      ),
    onMutate: async ({ id, field, value }) => {
      await cache.cancelQueries({ queryKey: rowsKey(object) })
      const before = valueBefore(cache.getQueriesData<Pages>(pagesOf(object)), id, field)
      put(id, { [field]: value })
      return { before }
    },
    onError: (error, { id, field }, context) => {
      if (context) put(id, { [field]: context.before })
      // A reading was given up for this change, and somebody else's may be what refused it.
      void cache.invalidateQueries({ queryKey: rowsKey(object) })
      void notify(refusalText(t, error), 'bad')
    },
  })
}

function valueBefore(cached: [unknown, Pages | undefined][], id: string, field: string): CustomValues[string] {
  const rows = cached.flatMap(([, data]) => data?.pages.flatMap(({ items }) => items) ?? [])
  return rows.find((row) => row.id === id && field in row.values)?.values[field] ?? null
}

const withValues = (data: Pages, id: string, values: FieldValues['values'], name?: string): Pages => ({
  ...data,
  pages: data.pages.map((page) => ({
    ...page,
    items: page.items.map((row) =>
      row.id === id ? { ...row, name: name || row.name, values: { ...row.values, ...values } } : row,
    ),
  })),
})
