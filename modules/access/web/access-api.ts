import { queryOptions, useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import { type Me, type Operator, permissionsOf, type Team } from '#modules/access/contract'
import type { Role } from '#platform/shared/actor'
import { api, forgetAllUnsaved, type Wire, type WirePage } from '#platform/web'

export type MeWire = Wire<Me>

export const meQuery = queryOptions({
  queryKey: ['access', 'me'],
  queryFn: ({ signal }) => api.get<MeWire>('/me', { signal }),
})

const RoleContext = createContext<Role | null>(null)
/** Shows what is inside as somebody of this role would see it. For looking only: the server asks for one's own rights. */
export const AsRole = RoleContext.Provider

/** Who I am. Only under `SignedIn`. Under `AsRole` with that role and its rights. */
export function useMe(): MeWire {
  const { data: me } = useSuspenseQuery(meQuery)
  const role = useContext(RoleContext)
  return role ? { ...me, operator: { ...me.operator, role }, permissions: permissionsOf(role) } : me
}

/** True when the server lets me do this; the buttons that it would refuse are not shown. */
export const useCan = (permission: string): boolean => useMe().permissions.includes(permission)

export const operatorsQuery = queryOptions({
  queryKey: ['access', 'operators'],
  queryFn: ({ signal }) => api.get<WirePage<Operator>>('/operators', { signal, query: { limit: 200 } }),
  select: (page) => page.items,
})

export const teamsQuery = queryOptions({
  queryKey: ['access', 'teams'],
  queryFn: ({ signal }) => api.get<WirePage<Team>>('/teams', { signal, query: { limit: 200 } }),
  select: (page) => page.items,
})

interface MePatch {
  name?: string
  locale?: 'ru' | 'en'
  availability?: 'available' | 'away'
}

/** Changes the own profile; shown at once, taken back when the server refuses. */
export function useChangeMe() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (patch: MePatch) => api.patch<MeWire>('/me', patch),
    onMutate: async (patch) => {
      await cache.cancelQueries({ queryKey: meQuery.queryKey })
      const before = cache.getQueryData(meQuery.queryKey)
      if (before) cache.setQueryData(meQuery.queryKey, { ...before, operator: { ...before.operator, ...patch } })
      return before
    },
    onError: (_error, _patch, before) => cache.setQueryData(meQuery.queryKey, before),
    onSettled: () => cache.invalidateQueries({ queryKey: meQuery.queryKey }),
  })
}

/** Ends the session and forgets everything that was read with it. */
export function useSignOut() {
  return useMutation({
    mutationFn: () => api.post('/api/auth/sign-out'),
    onSuccess: () => {
      forgetAllUnsaved()
      // A fresh page: nothing of this session may stay in memory.
      window.location.assign('/sign-in')
    },
  })
}
