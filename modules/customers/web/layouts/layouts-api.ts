import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useMe } from '#modules/access/web'
import type { LaidOutBlock, LaidOutObject, Layout, LayoutReader } from '#modules/customers/contract'
import { api, type CardBlock, notify, problemText, type WirePage } from '#platform/web'
import { arrangeBlocks } from '../card/arrange-blocks.ts'

export const layoutsQuery = queryOptions({
  queryKey: ['customers', 'layouts'],
  queryFn: ({ signal }) => api.get<WirePage<Layout>>('/card-layouts', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
})

/** The layout that holds for a role: its own, else everybody's, else none. */
export const layoutFor = (layouts: readonly Layout[], object: LaidOutObject, role: string): LaidOutBlock[] | null => {
  const of = (reader: string) => layouts.find((one) => one.object === object && one.reader === reader)?.blocks
  return of(role) ?? of('everybody') ?? null
}

/**
 * Those of the blocks that the reader may see, in the order of their layout; `tried` = of another one, before it is saved. Without the right a
 * block is not there, whatever a layout says.
 */
export function useArranged<Props>(
  object: LaidOutObject,
  blocks: readonly CardBlock<Props>[],
  tried?: readonly LaidOutBlock[],
): readonly CardBlock<Props>[] {
  const { permissions, operator } = useMe()
  const { data, isPending } = useQuery(layoutsQuery)
  const layout = tried ?? layoutFor(data?.items ?? [], object, operator.role)
  const natural = blocks
    .filter(({ permission }) => !permission || permissions.includes(permission))
    .toSorted((a, b) => a.order - b.order)
  // What stands in another order a moment later makes one lose the place.
  return isPending && !tried ? [] : arrangeBlocks(natural, layout)
}

/** Keeps a layout; null gives it up. */
export function useSaveLayout() {
  const cache = useQueryClient()
  const { t } = useTranslation()
  return useMutation({
    mutationFn: async ({
      object,
      reader,
      blocks,
    }: {
      object: LaidOutObject
      reader: LayoutReader
      blocks: readonly LaidOutBlock[] | null
    }) => {
      const path = `/card-layouts/${object}/readers/${reader}`
      await (blocks ? api.put(path, { blocks }) : api.delete(path))
    },
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: layoutsQuery.queryKey })
      void notify(t('common.saved'), 'good')
    },
    onError: (error) => void notify(problemText(t, error), 'bad'),
  })
}
