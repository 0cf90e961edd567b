import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type {
  FieldProposal,
  ImportCard,
  ImportJob,
  ImportPatch,
  ImportRow,
  NewField,
  RowResult,
} from '#modules/exchange/contract'
import { objectsQuery } from '#modules/objects/web'
import { api, askAndShow, notify, problemText, type Wire, type WirePage } from '#platform/web'
import { importsKey } from './imports-key.ts'

export type ImportCardWire = Wire<ImportCard>
export type ImportJobWire = Wire<ImportJob>
export type ImportRowWire = Wire<ImportRow>
export type RowFilter = RowResult | 'left' | 'remarked' | undefined

export const importsQuery = infiniteQueryOptions({
  queryKey: [...importsKey, 'list'],
  queryFn: ({ pageParam, signal }) =>
    api.get<WirePage<ImportJob>>('/imports', { signal, query: { cursor: pageParam, limit: 30 } }),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
})

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: [...importsKey, id],
    queryFn: ({ signal }) => api.get<ImportCardWire>(`/imports/${id}`, { signal }),
  })

/** The new field that a column could fill; looked at anew each time, the columns may be read differently by then. */
export const proposalQuery = (id: string, column: number) =>
  queryOptions({
    queryKey: [...importsKey, id, 'proposal', column],
    queryFn: ({ signal }) => api.get<FieldProposal>(`/imports/${id}/field-proposal`, { signal, query: { column } }),
    staleTime: 0,
    gcTime: 0,
  })

/** Rows by what becomes of them. `stage` makes a list of its own of those of each check and of those of the result. */
export const rowsQuery = (id: string, outcome: RowFilter, stage: string) =>
  infiniteQueryOptions({
    queryKey: [...importsKey, id, 'rows', outcome ?? 'all', stage],
    queryFn: ({ pageParam, signal }) =>
      api.get<WirePage<ImportRow>>(`/imports/${id}/rows`, { signal, query: { outcome, cursor: pageParam, limit: 50 } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })

function useImportChange<Input>(id: string, change: (input: Input) => Promise<ImportCardWire>) {
  const cache = useQueryClient()
  const { t } = useTranslation()
  return useMutation({
    mutationFn: (input: Input) => askAndShow(cache, importQuery(id).queryKey, () => change(input)),
    onError: (error) => {
      void notify(problemText(t, error), 'bad')
      void cache.invalidateQueries({ queryKey: importQuery(id).queryKey })
    },
  })
}

export const useChangeImport = (id: string) =>
  useImportChange(id, (patch: ImportPatch) => api.patch<ImportCardWire>(`/imports/${id}`, patch))

export const useMoveImport = (id: string) =>
  useImportChange(id, (move: 'check' | 'run' | 'stop' | 'undo') => api.post<ImportCardWire>(`/imports/${id}/${move}`))

export function useAddField(id: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (field: NewField) => api.post<ImportCardWire>(`/imports/${id}/fields`, field),
    onSuccess: (card) => {
      cache.setQueryData(importQuery(id).queryKey, card)
      void cache.invalidateQueries({ queryKey: objectsQuery.queryKey })
    },
  })
}
