import { useNavigate, useSearch } from '@tanstack/react-router'

/** Where the channels page stands: the list, one account, or a new one of a kind. All of it lies in the address. */
export function useChannelsAddress() {
  const navigate = useNavigate()
  const search = useSearch({ strict: false }) as { account?: unknown; kind?: unknown }
  const go = (next: { account?: string; kind?: string }) =>
    // The router does not know modules' search fields by type; this hook is their only reader and writer.
    void navigate({ to: '/settings/channels', search: next as never })
  return {
    accountId: typeof search.account === 'string' ? search.account : null,
    newKind: typeof search.kind === 'string' ? search.kind : null,
    go,
  }
}
