import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import type {
  SandboxMail,
  SandboxState,
  SandboxWebhook,
  sandboxApi,
  sandboxFaults,
  sandboxMail,
} from '#modules/channels/contract'
import { api, type Wire, type WirePage } from '#platform/web'

export type MailWire = Wire<SandboxMail>
export type Faults = z.input<typeof sandboxFaults>
export type MailFault = SandboxState['mailFault']

/** The played world outside tells nothing by itself, so an open page asks again. */
const ASK_AGAIN_MS = 2000

const stateKey = ['channels', 'sandbox'] as const

export const sandboxQuery = queryOptions({
  queryKey: stateKey,
  queryFn: ({ signal }) => api.get<Wire<SandboxState>>('/sandbox', { signal }),
})

export const mailboxQuery = queryOptions({
  queryKey: [...stateKey, 'mailbox'],
  queryFn: ({ signal }) => api.get<WirePage<SandboxMail>>('/sandbox/mailbox', { signal }),
  select: ({ items }) => items,
  refetchInterval: ASK_AGAIN_MS,
})

export const webhooksQuery = queryOptions({
  queryKey: [...stateKey, 'webhooks'],
  queryFn: ({ signal }) => api.get<WirePage<SandboxWebhook>>('/sandbox/webhooks', { signal }),
  select: ({ items }) => items,
  refetchInterval: ASK_AGAIN_MS,
})

export function useAdoptAccount() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (accountId: string) => api.post(`/sandbox/accounts/${accountId}`),
    onSuccess: () => cache.invalidateQueries({ queryKey: stateKey }),
  })
}

export function useSetFaults() {
  const cache = useQueryClient()
  return useMutation({
    // One after another: the last turn of a switch is the one that holds.
    scope: { id: 'channels.sandbox.faults' },
    mutationFn: (faults: Faults) => api.post('/sandbox/faults', faults),
    onSuccess: () => cache.invalidateQueries({ queryKey: stateKey, exact: true }),
  })
}

export const useWriteMail = () =>
  useMutation({ mutationFn: (mail: z.input<typeof sandboxMail>) => api.post('/sandbox/mail', mail) })

export const useCallApi = () =>
  useMutation({ mutationFn: (call: z.input<typeof sandboxApi>) => api.post('/sandbox/api', call) })
