import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { View, ViewDraft, ViewList, ViewPatch } from '#modules/objects/contract'
import type { Condition } from '#platform/shared/objects/condition'
import { api, type Wire } from '#platform/web'

export type ViewWire = Wire<View>

/** A view as this window gives it: its conditions are built, so they have a type. */
type Given<Body> = Omit<Body, 'object' | 'condition'> & { condition?: Condition | null }

const FRESH_MS = 60_000
const keyOf = (object: string) => ['views', object] as const

/** Views of an object that the operator sees, by name, and whether they may share one. */
export const viewsQuery = (object: string) =>
  queryOptions({
    queryKey: keyOf(object),
    queryFn: ({ signal }) => api.get<Wire<ViewList>>('/views', { signal, query: { object } }),
    staleTime: FRESH_MS,
  })

export function useKeepView(object: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (draft: Given<ViewDraft>) => api.post<ViewWire>('/views', { ...draft, object }),
    onSuccess: () => cache.invalidateQueries({ queryKey: keyOf(object) }),
  })
}

export function useChangeView(object: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ id, ...patch }: Given<ViewPatch> & { id: string }) => api.patch<ViewWire>(`/views/${id}`, patch),
    onSuccess: () => cache.invalidateQueries({ queryKey: keyOf(object) }),
  })
}

export function useRemoveView(object: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.delete<void>(`/views/${id}`),
    onSuccess: () => cache.invalidateQueries({ queryKey: keyOf(object) }),
  })
}
