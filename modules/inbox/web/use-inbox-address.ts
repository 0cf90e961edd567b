import { useLocation, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { readPreference, writePreference } from '#platform/web'
import type { ConversationView, QueueFilter, QueueQuery } from './inbox-api.ts'

/** Views that the queue offers, in their order on screen. */
export const views = ['mine', 'unassigned', 'all', 'at_risk', 'closed'] as const satisfies readonly ConversationView[]

const isView = (value: unknown): value is ConversationView => views.some((view) => view === value)
const textOf = (value: unknown) =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined

interface Address {
  view?: ConversationView
  q?: string
  sort?: 'due' | 'recent'
  channel?: string
  team?: string
  tag?: string
  /** On narrow screens: the card instead of the thread. */
  step?: 'card'
}

/** Where all conversations are listed; one opened from there stays there. */
export const LIST_PATH = '/conversations'

/** Where the window stands: all of it lies in the address, so a link or a reload brings back the same screen. */
export function useInboxAddress() {
  const navigate = useNavigate()
  const params = useParams({ strict: false }) as { conversationId?: string }
  const search = useSearch({ strict: false }) as Record<string, unknown>
  const isInList = useLocation({ select: ({ pathname }) => pathname.startsWith(LIST_PATH) })
  const base = isInList ? LIST_PATH : '/inbox'
  const query = useMemo<QueueQuery>(() => {
    const filter: QueueFilter = {}
    const { channel, team, tag } = search
    if (textOf(channel)) filter.channel = String(channel)
    if (textOf(team)) filter.teamId = String(team)
    if (textOf(tag)) filter.tag = String(tag)
    const kept = readPreference('queueView')
    const view = isView(search.view) ? search.view : isView(kept) ? kept : 'all'
    const sort = search.sort === 'recent' || (view === 'closed' && search.sort !== 'due') ? 'recent' : 'due'
    return { view, q: textOf(search.q) ?? '', sort, filter }
  }, [search])

  const change = useCallback(
    (patch: { [Key in keyof Address]?: Address[Key] | undefined }, { replace = false } = {}) => {
      if (patch.view) writePreference('queueView', patch.view)
      // The router does not know modules' search fields by type; this hook is their only reader and writer.
      void navigate({ to: '.', search: ((before: Address) => ({ ...before, ...patch })) as never, replace })
    },
    [navigate],
  )
  const open = useCallback(
    (conversationId: string | undefined, { replace = false } = {}) =>
      void navigate({
        to: conversationId ? `${base}/${conversationId}` : base,
        search: ((before: Address) => ({ ...before, step: undefined })) as never,
        replace,
      }),
    [navigate, base],
  )
  return {
    isInList,
    conversationId: params.conversationId,
    query,
    step: search.step === 'card' ? 'card' : undefined,
    change,
    open,
  }
}
