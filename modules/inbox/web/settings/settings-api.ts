import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { InboxSettings, Snippet } from '#modules/inbox/contract'
import { api } from '#platform/web'
import { snippetsQuery } from '../inbox-api.ts'

export const inboxSettingsQuery = queryOptions({
  queryKey: ['inbox', 'settings'],
  queryFn: ({ signal }) => api.get<InboxSettings>('/inbox/settings', { signal }),
})

export function useSaveInboxSettings() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (settings: InboxSettings) => api.patch<InboxSettings>('/inbox/settings', settings),
    onSuccess: (settings) => cache.setQueryData(inboxSettingsQuery.queryKey, settings),
  })
}

export function useSaveSnippet(id: string | null) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (draft: Omit<Snippet, 'id'>) =>
      id === null ? api.post<Snippet>('/snippets', draft) : api.patch<Snippet>(`/snippets/${id}`, draft),
    onSuccess: () => cache.invalidateQueries({ queryKey: snippetsQuery.queryKey }),
  })
}

export function useDeleteSnippet() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.delete(`/snippets/${id}`),
    onSuccess: () => cache.invalidateQueries({ queryKey: snippetsQuery.queryKey }),
  })
}
