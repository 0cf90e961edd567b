import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Account, Arrival, ChannelKind } from '#modules/channels/contract'
import { api, type Wire, type WirePage } from '#platform/web'

export type AccountWire = Wire<Account>
export type ArrivalWire = Wire<Arrival>
export type ArrivalState = ArrivalWire['state']
/** Settings as they travel: secrets read as `true`. */
export type Config = Record<string, unknown>

export const channelsKeys = {
  accounts: ['channels', 'accounts'] as const,
  arrivals: ['channels', 'arrivals'] as const,
}

export const accountsQuery = queryOptions({
  queryKey: channelsKeys.accounts,
  queryFn: ({ signal }) => api.get<WirePage<Account>>('/accounts', { signal }),
  select: ({ items }) => items,
})

export const kindsQuery = queryOptions({
  queryKey: ['channels', 'kinds'],
  queryFn: ({ signal }) => api.get<WirePage<ChannelKind>>('/channel-kinds', { signal }),
  select: ({ items }) => items,
})

export const arrivalPages = (state: ArrivalState | null) =>
  infiniteQueryOptions({
    queryKey: [...channelsKeys.arrivals, state],
    queryFn: ({ pageParam, signal }) =>
      api.get<WirePage<Arrival>>('/arrivals', { signal, query: { state, cursor: pageParam, limit: 50 } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: 0,
  })

export interface AccountPatch {
  name?: string
  teamId?: string | null
  isEnabled?: boolean
  isArchived?: boolean
  config?: Config
}

export function useCreateAccount() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (draft: { kind: string; name: string; teamId: string | null; config: Config }) =>
      api.post<AccountWire>('/accounts', draft),
    onSuccess: () => cache.invalidateQueries({ queryKey: channelsKeys.accounts }),
  })
}

export function useChangeAccount(id: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (patch: AccountPatch) => api.patch<AccountWire>(`/accounts/${id}`, patch),
    onSuccess: () => cache.invalidateQueries({ queryKey: channelsKeys.accounts }),
  })
}

export function useVerifyAccount(id: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: () => api.post<{ ok: boolean; reason?: string }>(`/accounts/${id}/verify`),
    onSettled: () => cache.invalidateQueries({ queryKey: channelsKeys.accounts }),
  })
}
