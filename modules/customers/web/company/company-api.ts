import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type {
  CompanyLikeness,
  CompanyPatch,
  CompanyTimelineEntry,
  CompanyTree,
  Employment,
  EmploymentDraft,
} from '#modules/customers/contract'
import { rowsKey } from '#modules/objects/web'
import { api, notify, problemText, type Wire, type WirePage } from '#platform/web'
import { type CompanyCardWire, cardQuery, companyQuery } from '../customers-api.ts'

export type EmploymentWire = Wire<Employment>
export type CompanyTimelineWire = Wire<CompanyTimelineEntry>

const TIMELINE_PAGE = 30

export const companyTreeQuery = (id: string) =>
  queryOptions({
    queryKey: ['customers', 'company', id, 'tree'],
    queryFn: ({ signal }) => api.get<Wire<CompanyTree>>(`/companies/${id}/tree`, { signal }),
  })

export const companyTimelineQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['customers', 'company', id, 'timeline'],
    queryFn: ({ pageParam, signal }) =>
      api.get<WirePage<CompanyTimelineEntry>>(`/companies/${id}/timeline`, {
        signal,
        query: { cursor: pageParam, limit: TIMELINE_PAGE },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })

/** Companies that may be the one that is being written down. */
export const likeCompaniesQuery = ({ name, inn }: { name: string; inn: string }) =>
  queryOptions({
    queryKey: ['customers', 'like-companies', name, inn],
    queryFn: ({ signal }) =>
      api.get<WirePage<CompanyLikeness>>('/companies/likenesses', {
        signal,
        query: { name: name || null, inn: inn || null },
      }),
    enabled: name.length > 1 || inn.length >= 10,
    placeholderData: keepPreviousData,
  })

/** Changes a company's card; the answer is the card as it stands now. */
export function useChangeCompany(id: string) {
  const cache = useQueryClient()
  const { t } = useTranslation()
  return useMutation({
    mutationFn: (patch: CompanyPatch) => api.patch<CompanyCardWire>(`/companies/${id}`, patch),
    onSuccess: (company) => {
      cache.setQueryData(companyQuery(id).queryKey, company)
      void cache.invalidateQueries({ queryKey: ['customers', 'company'] })
      void cache.invalidateQueries({ queryKey: rowsKey('company') })
    },
    onError: (error) => void notify(problemText(t, error), 'bad'),
  })
}

export interface Place {
  readonly personId: string
  readonly companyId: string
}

/** Says how somebody works at a company, or with null that they never did. Why not is told by whoever asked. */
export function useEmploy() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: async ({ personId, companyId, draft }: Place & { draft: EmploymentDraft | null }) => {
      const path = `/people/${personId}/companies/${companyId}`
      await (draft ? api.put(path, draft) : api.delete(path))
    },
    onSuccess: (_, { personId }) => {
      void cache.invalidateQueries({ queryKey: cardQuery(personId).queryKey })
      void cache.invalidateQueries({ queryKey: ['customers', 'company'] })
    },
  })
}
