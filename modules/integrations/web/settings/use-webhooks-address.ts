import { useNavigate, useSearch } from '@tanstack/react-router'

/** Where the page of webhooks stands: the list, or one of them. It lies in the address. */
export function useWebhooksAddress() {
  const navigate = useNavigate()
  const search = useSearch({ strict: false }) as { webhook?: unknown }
  const go = (next: { webhook?: string }) =>
    // The router does not know modules' search fields by type; this hook is their only reader and writer.
    void navigate({ to: '/settings/webhooks', search: next as never })
  return { webhookId: typeof search.webhook === 'string' ? search.webhook : null, go }
}
