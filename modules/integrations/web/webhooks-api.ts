import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type {
  Delivery,
  DeliveryDetails,
  DeliveryQuery,
  EventType,
  ReplayRange,
  Webhook,
  WebhookDraft,
  WebhookPatch,
} from '#modules/integrations/contract'
import { api, type Wire, type WirePage } from '#platform/web'
import { webhooksKey } from './webhooks-key.ts'

export type WebhookWire = Wire<Webhook>
export type DeliveryWire = Wire<Delivery>
type WithSecret = WebhookWire & { secret: string }
export type LogState = NonNullable<DeliveryQuery['state']>

export const webhooksQuery = queryOptions({
  queryKey: [...webhooksKey, 'list'],
  queryFn: ({ signal }) => api.get<WirePage<Webhook>>('/webhooks', { signal }),
  select: ({ items }) => items,
})

export const eventTypesQuery = queryOptions({
  queryKey: ['integrations', 'event-types'],
  queryFn: ({ signal }) => api.get<WirePage<EventType>>('/webhook-events', { signal }),
  select: ({ items }) => items,
  staleTime: Number.POSITIVE_INFINITY,
})

/** The log moves while it is looked at: an event for each delivery would cost as much as the delivery. */
const LOG_EVERY_MS = 3000

export const logPages = (webhookId: string, state: LogState | null) =>
  infiniteQueryOptions({
    queryKey: [...webhooksKey, webhookId, 'log', state],
    queryFn: ({ pageParam, signal }) =>
      api.get<WirePage<Delivery>>(`/webhooks/${webhookId}/deliveries`, {
        signal,
        query: { state, cursor: pageParam, limit: 30 },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: LOG_EVERY_MS,
    staleTime: 0,
  })

export const deliveryQuery = (webhookId: string, id: string) =>
  queryOptions({
    queryKey: [...webhooksKey, webhookId, 'delivery', id],
    queryFn: ({ signal }) => api.get<Wire<DeliveryDetails>>(`/webhooks/${webhookId}/deliveries/${id}`, { signal }),
    refetchInterval: LOG_EVERY_MS,
    staleTime: 0,
  })

function useChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: () => cache.invalidateQueries({ queryKey: webhooksKey }),
  })
}

export const useMakeWebhook = () => useChange((draft: WebhookDraft) => api.post<WithSecret>('/webhooks', draft))
export const useChangeWebhook = (id: string) =>
  useChange((patch: WebhookPatch) => api.patch<WebhookWire>(`/webhooks/${id}`, patch))
/** `onGone` is told even when its page has gone with it: that it was removed may be heard before it is answered. */
export function useRemoveWebhook(onGone: () => void) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.delete(`/webhooks/${id}`),
    onSuccess: () => {
      onGone()
      return cache.invalidateQueries({ queryKey: webhooksKey })
    },
  })
}
export const useRenewSecret = (id: string) => useChange(() => api.post<WithSecret>(`/webhooks/${id}/secret`))
export const useTestWebhook = (id: string) => useChange(() => api.post(`/webhooks/${id}/test`))
export const useReplay = (id: string) => useChange((range: ReplayRange) => api.post(`/webhooks/${id}/replay`, range))
export const useReplayOne = (id: string) =>
  useChange((deliveryId: string) => api.post(`/webhooks/${id}/deliveries/${deliveryId}/replay`))
