import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Company, CompanyDraft, PersonDraft } from '#modules/customers/contract'
import { rowsKey } from '#modules/objects/web'
import { api, type Wire } from '#platform/web'
import type { CardWire } from '../customers-api.ts'

type CompanyWire = Wire<Company>

export const stages = ['lead', 'customer', 'former'] as const
export type Stage = (typeof stages)[number]

export function useCreatePerson() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (draft: PersonDraft) => api.post<CardWire>('/people', draft),
    onSuccess: () => cache.invalidateQueries({ queryKey: rowsKey('person') }),
    // It may be there all the same.
    onError: () => void cache.invalidateQueries({ queryKey: rowsKey('person') }),
  })
}

export function useCreateCompany() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (draft: CompanyDraft) => api.post<CompanyWire>('/companies', draft),
    onSuccess: () => cache.invalidateQueries({ queryKey: rowsKey('company') }),
    onError: () => void cache.invalidateQueries({ queryKey: rowsKey('company') }),
  })
}
