import { queryOptions, useMutation } from '@tanstack/react-query'
import type { ListOrder, MadeExport } from '#modules/exchange/contract'
import { api, type Wire } from '#platform/web'

export type ExportWire = Wire<MadeExport>

const LOOK_MS = 1000

/** How far an export is; asked again until it has come to an end. */
export const exportQuery = (id: string) =>
  queryOptions({
    queryKey: ['exchange', 'exports', id],
    queryFn: ({ signal }) => api.get<ExportWire>(`/exports/${id}`, { signal }),
    refetchInterval: ({ state }) =>
      state.data?.state === 'waiting' || state.data?.state === 'running' ? LOOK_MS : false,
  })

export const useOrderList = () =>
  useMutation({ mutationFn: (order: Partial<ListOrder>) => api.post<ExportWire>('/exports', order) })

export const useOrderPerson = (personId: string) =>
  useMutation({ mutationFn: () => api.post<ExportWire>(`/people/${personId}/export`) })
