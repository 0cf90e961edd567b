import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Company, PersonDraft } from '#modules/customers/contract'
import { rowsKey } from '#modules/objects/web'
import { api, notify, problemText, type Wire } from '#platform/web'
import { type CardWire, companyQuery } from '../customers-api.ts'

type CompanyWire = Wire<Company>
export type CompanyChange = Partial<Pick<Company, 'name' | 'inn' | 'site' | 'city' | 'note' | 'custom'>>

export const stages = ['lead', 'customer', 'former'] as const
export type Stage = (typeof stages)[number]

export function useCreatePerson() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (draft: PersonDraft) => api.post<CardWire>('/people', draft),
    onSuccess: () => cache.invalidateQueries({ queryKey: rowsKey('person') }),
  })
}

export function useCreateCompany() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (draft: CompanyChange) => api.post<CompanyWire>('/companies', draft),
    onSuccess: () => cache.invalidateQueries({ queryKey: rowsKey('company') }),
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
      void cache.invalidateQueries({ queryKey: rowsKey('company') })
    },
    onError: (error) => void notify(problemText(t, error), 'bad'),
  })
}
