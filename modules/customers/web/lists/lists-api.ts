import { infiniteQueryOptions, keepPreviousData, useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Company, Person, PersonDraft } from '#modules/customers/contract'
import type { Condition } from '#platform/shared/objects/condition'
import { api, notify, problemText, type Wire, type WirePage } from '#platform/web'
import { type CardWire, companyQuery } from '../customers-api.ts'

export type PersonWire = Wire<Person>
export type CompanyWire = Wire<Company>
export type CompanyChange = Partial<Pick<Company, 'name' | 'inn' | 'site' | 'city' | 'note' | 'custom'>>

export const stages = ['lead', 'customer', 'former'] as const
export type Stage = (typeof stages)[number]

export interface PeopleFilter {
  q: string
  /** A sortable field, `-` before it turns the order. */
  sort: string
  stage: Stage | null
  ownerId: string | null
  condition: Condition | null
}

const PAGE = 50

export const listKeys = { people: ['customers', 'people'] as const, companies: ['customers', 'companies'] as const }

const filterText = (condition: Condition | null) => (condition ? JSON.stringify(condition) : null)

export const peopleQuery = ({ condition, ...filter }: PeopleFilter, isReady = true) =>
  infiniteQueryOptions({
    queryKey: [...listKeys.people, filter, condition],
    enabled: isReady,
    queryFn: ({ pageParam, signal }) =>
      api.get<WirePage<Person>>('/people', {
        signal,
        query: { ...filter, filter: filterText(condition), cursor: pageParam, limit: PAGE },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })

export const companiesQuery = (
  { condition = null, ...filter }: Pick<PeopleFilter, 'q' | 'sort'> & { condition?: Condition | null },
  isReady = true,
) =>
  infiniteQueryOptions({
    queryKey: [...listKeys.companies, filter, condition],
    enabled: isReady,
    queryFn: ({ pageParam, signal }) =>
      api.get<WirePage<Company>>('/companies', {
        signal,
        query: { ...filter, filter: filterText(condition), cursor: pageParam, limit: PAGE },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })

export function useCreatePerson() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (draft: PersonDraft) => api.post<CardWire>('/people', draft),
    onSuccess: () => cache.invalidateQueries({ queryKey: listKeys.people }),
  })
}

export function useCreateCompany() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (draft: CompanyChange) => api.post<CompanyWire>('/companies', draft),
    onSuccess: () => cache.invalidateQueries({ queryKey: listKeys.companies }),
  })
}

/** Changes a company's card; the answer is the card as it stands now. */
export function useChangeCompany(id: string) {
  const cache = useQueryClient()
  const { t } = useTranslation()
  return useMutation({
    mutationFn: (patch: CompanyChange) => api.patch<CompanyWire>(`/companies/${id}`, patch),
    onSuccess: (company) => {
      cache.setQueryData(companyQuery(id).queryKey, company)
      void cache.invalidateQueries({ queryKey: listKeys.companies })
    },
    onError: (error) => void notify(problemText(t, error), 'bad'),
  })
}
