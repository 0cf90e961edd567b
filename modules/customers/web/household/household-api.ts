import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Household } from '#modules/customers/contract'
import { api, notify, problemText, type Wire } from '#platform/web'

export type MemberWire = Wire<Household>['members'][number]

export const householdQuery = (personId: string) =>
  queryOptions({
    queryKey: ['customers', 'household', personId],
    queryFn: ({ signal }) => api.get<Wire<Household>>(`/people/${personId}/household`, { signal }),
  })

/** Says that somebody lives with a person, as whom, or with false that they do not. */
export function useHousehold(personId: string) {
  const cache = useQueryClient()
  const { t } = useTranslation()
  return useMutation({
    mutationFn: async ({ memberId, part }: { memberId: string; part: string | null | false }) => {
      const path = `/people/${personId}/household/${memberId}`
      await (part === false ? api.delete(path) : api.put(path, { part }))
    },
    onSuccess: () => cache.invalidateQueries({ queryKey: ['customers', 'household'] }),
    onError: (error) => void notify(problemText(t, error), 'bad'),
  })
}
