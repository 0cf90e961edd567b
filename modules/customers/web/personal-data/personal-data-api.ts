import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { DataStanding, Erasure, ErasureDraft } from '#modules/customers/contract'
import { api, notify, problemText, type Wire, type WirePage } from '#platform/web'

export type ErasureWire = Wire<Erasure>

export const standingQuery = (personId: string) =>
  queryOptions({
    queryKey: ['customers', 'card', personId, 'standing'],
    queryFn: ({ signal }) => api.get<Wire<DataStanding>>(`/people/${personId}/standing`, { signal }),
  })

export const erasuresQuery = queryOptions({
  queryKey: ['customers', 'erasures'],
  queryFn: ({ signal }) => api.get<WirePage<Erasure>>('/erasures', { signal, query: { limit: 200 } }),
  // A new proof gets the result of its search for leftovers a moment later.
  refetchInterval: ({ state }) => (state.data?.items.some(({ checkedAt }) => checkedAt === null) ? 3000 : false),
})

/** Restricts a person's data (a reason, or an empty one), or lets it be used again (null). */
export function useRestrict(personId: string) {
  const cache = useQueryClient()
  const { t } = useTranslation()
  return useMutation({
    mutationFn: (reason: string | null) =>
      reason === null
        ? api.delete<Wire<DataStanding>>(`/people/${personId}/restriction`)
        : api.put<Wire<DataStanding>>(`/people/${personId}/restriction`, { reason }),
    onSuccess: () => void cache.invalidateQueries({ queryKey: ['customers', 'card', personId] }),
    onError: (error) => void notify(problemText(t, error), 'bad'),
  })
}

export function useErase(personId: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (draft: ErasureDraft) => api.post<ErasureWire>(`/people/${personId}/erasure`, draft),
    onSuccess: () => void cache.invalidateQueries({ queryKey: ['customers'] }),
  })
}

export const useAskErased = () =>
  useMutation({ mutationFn: (value: string) => api.post<WirePage<Erasure>>('/erasures/search', { value }) })
