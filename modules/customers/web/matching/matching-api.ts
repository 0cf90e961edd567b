import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Matching, MatchingSettings, Trial } from '#modules/customers/contract'
import { api, notify, problemText, type Wire } from '#platform/web'
import { matchingQuery } from '../identity/identity-api.ts'

export type MatchingWire = Wire<Matching>

/** Where thresholds would have put the pairs that people have decided. */
export const trialQuery = ({ auto, review }: Pick<MatchingSettings, 'auto' | 'review'>) =>
  queryOptions({
    queryKey: ['customers', 'matching', 'trial', auto, review],
    queryFn: ({ signal }) => api.get<Wire<Trial>>('/matching/trial', { signal, query: { auto, review } }),
    placeholderData: keepPreviousData,
  })

export function useSetMatching() {
  const cache = useQueryClient()
  const { t } = useTranslation()
  return useMutation({
    mutationFn: (settings: MatchingSettings) => api.put<MatchingWire>('/matching', settings),
    onSuccess: (matching) => {
      cache.setQueryData(matchingQuery.queryKey, matching)
      void cache.invalidateQueries({ queryKey: ['customers', 'candidates'] })
      void notify(t('common.saved'), 'good')
    },
  })
}

/** Begins or stops comparing all cards. */
export function useScan() {
  const cache = useQueryClient()
  const { t } = useTranslation()
  return useMutation({
    mutationFn: async (wanted: 'start' | 'stop') => {
      await (wanted === 'start' ? api.post('/matching/scan') : api.delete('/matching/scan'))
    },
    onSettled: () => cache.invalidateQueries({ queryKey: matchingQuery.queryKey, exact: true }),
    onError: (error) => void notify(problemText(t, error), 'bad'),
  })
}
