import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type {
  ApiKey,
  AuditEntry,
  NewOperator,
  Operator,
  OperatorPatch,
  Session,
  Team,
  TeamDraft,
  WorkspacePatch,
} from '#modules/access/contract'
import type { HealthReport } from '#platform/shared/health'
import { api, type Wire, type WirePage } from '#platform/web'
import { meQuery, operatorsQuery, teamsQuery } from '../access-api.ts'

export type OperatorWire = Wire<Operator>
export type TeamWire = Wire<Team>

export const archivedOperatorsQuery = queryOptions({
  queryKey: [...operatorsQuery.queryKey, 'archived'],
  queryFn: ({ signal }) => api.get<WirePage<Operator>>('/operators', { signal, query: { limit: 200, archived: true } }),
  select: ({ items }) => items,
})

/** Looks again by itself: the page lies open while something is being mended. */
export const healthQuery = queryOptions({
  queryKey: ['access', 'health'],
  queryFn: ({ signal }) => api.get<Wire<HealthReport>>('/health', { signal }),
  refetchInterval: 10_000,
  staleTime: 0,
})

export const keysQuery = queryOptions({
  queryKey: ['access', 'keys'],
  queryFn: ({ signal }) => api.get<WirePage<ApiKey>>('/keys', { signal, query: { limit: 200 } }),
  select: ({ items }) => items,
})

export const sessionsQuery = queryOptions({
  queryKey: ['access', 'sessions'],
  queryFn: ({ signal }) => api.get<WirePage<Session>>('/me/sessions', { signal, query: { limit: 200 } }),
  select: ({ items }) => items,
  // Signing in elsewhere is not told: each visit looks anew.
  staleTime: 0,
})

export const auditPages = infiniteQueryOptions({
  queryKey: ['access', 'audit'],
  queryFn: ({ pageParam, signal }) =>
    api.get<WirePage<AuditEntry>>('/audit', { signal, query: { cursor: pageParam, limit: 50 } }),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
  // The log grows without telling: each visit reads it anew.
  staleTime: 0,
})

function useAgain() {
  const cache = useQueryClient()
  return () => {
    for (const { queryKey } of [operatorsQuery, teamsQuery, meQuery]) void cache.invalidateQueries({ queryKey })
  }
}

export const useSaveOperator = (id: string | null) => {
  const again = useAgain()
  return useMutation({
    mutationFn: (change: Partial<NewOperator> & OperatorPatch) =>
      id === null ? api.post<OperatorWire>('/operators', change) : api.patch<OperatorWire>(`/operators/${id}`, change),
    onSuccess: again,
  })
}

export const useSaveTeam = (id: string | null) => {
  const again = useAgain()
  return useMutation({
    mutationFn: (draft: TeamDraft) =>
      id === null ? api.post<TeamWire>('/teams', draft) : api.patch<TeamWire>(`/teams/${id}`, draft),
    onSuccess: again,
  })
}

export const useDeleteTeam = () => {
  const again = useAgain()
  return useMutation({ mutationFn: (id: string) => api.delete(`/teams/${id}`), onSuccess: again })
}

export const useChangeWorkspace = () => {
  const again = useAgain()
  return useMutation({
    mutationFn: (patch: WorkspacePatch) => api.patch('/workspace', patch),
    onSuccess: again,
  })
}
