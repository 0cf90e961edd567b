import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { CustomRecord, CustomValues, RecordDraft, RecordPatch } from '#modules/objects/contract'
import { api, askAndShow, notify, problemText, type Wire } from '#platform/web'
import { recordKey, rowsKey } from '../objects-api.ts'

export type RecordWire = Wire<CustomRecord>

export const recordQuery = (object: string, id: string) =>
  queryOptions({
    queryKey: [...recordKey, object, id],
    queryFn: ({ signal }) => api.get<RecordWire>(`/objects/${object}/records/${id}`, { signal }),
  })

export function useCreateRecord(object: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (draft: RecordDraft) => api.post<RecordWire>(`/objects/${object}/records`, draft),
    onSuccess: () => cache.invalidateQueries({ queryKey: rowsKey(object) }),
  })
}

/** Changes a record; the answer is the record as it stands now. */
export function useChangeRecord(object: string, id: string) {
  const cache = useQueryClient()
  const { t } = useTranslation()
  return useMutation({
    mutationFn: (patch: Omit<RecordPatch, 'custom'> & { custom?: CustomValues }) =>
      askAndShow(cache, recordQuery(object, id).queryKey, () =>
        api.patch<RecordWire>(`/objects/${object}/records/${id}`, patch),
      ),
    onSuccess: () => void cache.invalidateQueries({ queryKey: rowsKey(object) }),
    onError: (error) => void notify(problemText(t, error), 'bad'),
  })
}
