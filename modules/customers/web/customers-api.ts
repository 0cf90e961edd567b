import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { CompanyCard, PersonCard, PersonPatch } from '#modules/customers/contract'
import { api, askAndShow, notify, problemText, type Wire } from '#platform/web'

export type CardWire = Wire<PersonCard>
export type CompanyCardWire = Wire<CompanyCard>
export type IdentityWire = CardWire['identities'][number]

export const cardQuery = (id: string) =>
  queryOptions({
    queryKey: ['customers', 'card', id],
    queryFn: ({ signal }) => api.get<CardWire>(`/people/${id}`, { signal }),
  })

export const companyQuery = (id: string) =>
  queryOptions({
    queryKey: ['customers', 'company', id],
    queryFn: ({ signal }) => api.get<CompanyCardWire>(`/companies/${id}`, { signal }),
  })

/** Changes fields of a card; the answer is the card as it stands now. */
export function useChangePerson(id: string) {
  const cache = useQueryClient()
  const { t } = useTranslation()
  return useMutation({
    mutationFn: (patch: PersonPatch) =>
      askAndShow(cache, cardQuery(id).queryKey, () => api.patch<CardWire>(`/people/${id}`, patch)),
    onError: (error) => void notify(problemText(t, error), 'bad'),
  })
}

/** Says that two cards are two people. */
export function useDismissLikeness(id: string) {
  const cache = useQueryClient()
  const { t } = useTranslation()
  return useMutation({
    mutationFn: (otherId: string) => api.post(`/people/${id}/likenesses/${otherId}/dismiss`),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: cardQuery(id).queryKey })
      void cache.invalidateQueries({ queryKey: ['customers', 'candidates'] })
    },
    onError: (error) => void notify(problemText(t, error), 'bad'),
  })
}

/** Says that several people use a phone or a mailbox of a card, or that one does. */
export function useShareIdentity(personId: string) {
  const cache = useQueryClient()
  const { t } = useTranslation()
  return useMutation({
    mutationFn: ({ identityId, shared }: { identityId: string; shared: boolean }) =>
      api.patch(`/people/${personId}/identities/${identityId}`, { shared }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['customers'] }),
    onError: (error) => void notify(problemText(t, error), 'bad'),
  })
}
