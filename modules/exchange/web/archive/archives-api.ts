import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Archive } from '#modules/exchange/contract'
import { api, type Wire, type WirePage } from '#platform/web'

export type ArchiveWire = Wire<Archive>

const LOOK_MS = 1000

export const isUnderWay = ({ state }: Pick<ArchiveWire, 'state'>) => state === 'waiting' || state === 'running'

/** All of the log; asked again while one is being made. */
export const archivesQuery = queryOptions({
  queryKey: ['exchange', 'archives'],
  queryFn: ({ signal }) => api.get<WirePage<Archive>>('/workspace-archives', { signal }),
  select: ({ items }) => items,
  refetchInterval: ({ state }) => (state.data?.items.some(isUnderWay) ? LOOK_MS : false),
})

function useChange<Input>(change: (input: Input) => Promise<unknown>) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: () => cache.invalidateQueries({ queryKey: archivesQuery.queryKey }),
  })
}

export const useOrderArchive = () => useChange((password: string) => api.post('/workspace-archives', { password }))
export const useRemoveArchive = () => useChange((id: string) => api.delete(`/workspace-archives/${id}`))
