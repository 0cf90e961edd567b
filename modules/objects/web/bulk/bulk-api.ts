import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { BulkEdit, BulkEditDraft, BulkRow } from '#modules/objects/contract'
import type { Condition } from '#platform/shared/objects/condition'
import { api, askAndShow, notify, problemText, type Wire, type WirePage } from '#platform/web'
import { bulkKey } from '../objects-api.ts'

export type BulkEditWire = Wire<BulkEdit>
/** As this window gives it: its conditions are built, so they have a type. */
export type BulkDraft = Omit<BulkEditDraft, 'condition'> & { condition?: Condition | null }

/** Whether an edit goes on by itself. */
export const isUnderWay = ({ state }: Pick<BulkEditWire, 'state'>): boolean =>
  state === 'running' || state === 'undoing'

/** Events tell of each batch; this is for a window that lost the connection. */
const LOOK_AGAIN_MS = 3000

export const bulkEditQuery = (id: string) =>
  queryOptions({
    queryKey: [...bulkKey, 'one', id],
    queryFn: ({ signal }) => api.get<BulkEditWire>(`/bulk-edits/${id}`, { signal }),
    refetchInterval: ({ state: { data } }) => (data && isUnderWay(data) ? LOOK_AGAIN_MS : false),
  })

export const bulkEditsQuery = (object: string) =>
  queryOptions({
    queryKey: [...bulkKey, 'all', object],
    queryFn: ({ signal }) => api.get<WirePage<BulkEdit>>('/bulk-edits', { signal, query: { object } }),
    select: ({ items }) => items,
  })

/** Objects of an edit that were not changed, or not put back, with what was in the way. */
export const bulkRowsQuery = (id: string, state: 'failed' | 'left') =>
  queryOptions({
    queryKey: [...bulkKey, 'rows', id, state],
    queryFn: ({ signal }) => api.get<WirePage<BulkRow>>(`/bulk-edits/${id}/rows`, { signal, query: { state } }),
    select: ({ items }) => items,
  })

export function useStartBulkEdit(object: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (draft: BulkDraft) => api.post<BulkEditWire>(`/objects/${object}/bulk-edits`, draft),
    onSuccess: (edit) => {
      cache.setQueryData(bulkEditQuery(edit.id).queryKey, edit)
      void cache.invalidateQueries({ queryKey: bulkEditsQuery(object).queryKey })
    },
  })
}

/** Stops an edit, or takes it back. */
export function useTurnBulkEdit() {
  const cache = useQueryClient()
  const { t } = useTranslation()
  return useMutation({
    mutationFn: ({ id, verb }: { id: string; verb: 'undo' | 'stop' }) =>
      askAndShow(cache, bulkEditQuery(id).queryKey, () => api.post<BulkEditWire>(`/bulk-edits/${id}/${verb}`)),
    onSuccess: ({ object }) => void cache.invalidateQueries({ queryKey: bulkEditsQuery(object).queryKey }),
    onError: (error) => void notify(problemText(t, error), 'bad'),
  })
}
