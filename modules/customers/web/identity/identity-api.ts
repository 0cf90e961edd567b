import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type {
  Candidate,
  Decided,
  Matching,
  Merge,
  MergeDraft,
  SharedAddress,
  SharedDecided,
} from '#modules/customers/contract'
import { api, notify, problemText, type Wire, type WirePage } from '#platform/web'

export type CandidateWire = Wire<Candidate>
export type SideWire = CandidateWire['a']
export type MergeWire = Wire<Merge>

const PAGE = 30

export const candidatesQuery = infiniteQueryOptions({
  queryKey: ['customers', 'candidates'],
  queryFn: ({ pageParam, signal }) =>
    api.get<WirePage<Candidate>>('/candidates', { signal, query: { cursor: pageParam, limit: PAGE } }),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
})

export type SharedAddressWire = Wire<SharedAddress>

export const sharedAddressesQuery = infiniteQueryOptions({
  queryKey: ['customers', 'sharedAddresses'],
  queryFn: ({ pageParam, signal }) =>
    api.get<WirePage<SharedAddress>>('/shared-addresses', { signal, query: { cursor: pageParam, limit: PAGE } }),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
})

export const mergesQuery = (personId: string) =>
  queryOptions({
    queryKey: ['customers', 'merges', personId],
    queryFn: ({ signal }) => api.get<WirePage<Merge>>('/merges', { signal, query: { personId } }),
  })

export const matchingQuery = queryOptions({
  queryKey: ['customers', 'matching'],
  queryFn: ({ signal }) => api.get<Wire<Matching>>('/matching', { signal }),
})

/** Everything that shows people is read again: cards, lists, merges, pairs. */
function useChange<Input, Output>(
  change: (input: Input) => Promise<Output>,
  tell: (output: Output) => string,
  undo?: (output: Output) => void,
) {
  const cache = useQueryClient()
  const { t } = useTranslation()
  return useMutation({
    mutationFn: change,
    onSuccess: async (output) => {
      void notify(tell(output), 'good', undo && { undo: () => undo(output) })
      await cache.invalidateQueries({ queryKey: ['customers'] })
    },
    onError: (error) => {
      void notify(problemText(t, error), 'bad')
      void cache.invalidateQueries({ queryKey: ['customers', 'candidates'] })
    },
  })
}

export function useMerge() {
  const { t } = useTranslation()
  const { mutate: takeApart } = useUnmerge()
  return useChange(
    (draft: MergeDraft) => api.post<MergeWire>('/merges', draft),
    ({ hiddenName, keptName }) => t('customers.merges.done', { hidden: hiddenName, kept: keptName }),
    ({ id }) => takeApart(id),
  )
}

export function useUnmerge() {
  const { t } = useTranslation()
  return useChange(
    (id: string) => api.post<MergeWire>(`/merges/${id}/undo`),
    () => t('customers.merges.takenApart'),
  )
}

export function useDecide() {
  const { t } = useTranslation()
  return useChange(
    (input: { decision: 'merge' | 'dismiss'; pairs: { personId: string; otherId: string }[] }) =>
      api.post<Decided>('/candidates/decisions', input),
    ({ done, failed }) => t('customers.same.bulkDone', { done, failed: failed.length }),
  )
}

export function useDecideShared() {
  const { t } = useTranslation()
  return useChange(
    (input: { shared: boolean; addresses: { personId: string; identityId: string }[] }) =>
      api.post<SharedDecided>('/shared-addresses/decisions', input),
    ({ done, failed }) => t('customers.sharedAddresses.done', { done, failed: failed.length }),
  )
}
