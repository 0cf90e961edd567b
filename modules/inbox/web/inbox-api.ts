import {
  type InfiniteData,
  infiniteQueryOptions,
  keepPreviousData,
  type QueryClient,
  queryOptions,
} from '@tanstack/react-query'
import type {
  ReplyRoute as ContractRoute,
  Conversation,
  ConversationPatch,
  ConversationQuery,
  Draft,
  Message,
  OwnDay,
  Snippet,
  ViewCounts,
} from '#modules/inbox/contract'
import { api, type Wire, type WirePage } from '#platform/web'
import { readUnchanged } from './changes-heard.ts'

export type ConversationWire = Wire<Conversation>
export type MessageWire = Wire<Message>
export type MessageFile = MessageWire['files'][number]
export type ConversationView = ConversationQuery['view']
export type ConversationChange = Wire<ConversationPatch>

/** A way to answer in a conversation, and what it allows now. */
export type ReplyRoute = Wire<ContractRoute>

export interface QueueFilter {
  channel?: string
  teamId?: string
  tag?: string
  personId?: string
}

export interface QueueQuery {
  view: ConversationView
  q: string
  sort: ConversationQuery['sort']
  filter: QueueFilter
}

const QUEUE_PAGE = 50
const THREAD_PAGE = 50

export const inboxKeys = {
  queues: ['inbox', 'queue'] as const,
  counts: ['inbox', 'counts'] as const,
  ownDay: ['inbox', 'own-day'] as const,
  conversation: (id: string) => ['inbox', 'conversation', id] as const,
  messages: (id: string) => ['inbox', 'messages', id] as const,
  sending: (id: string) => ['inbox', 'sending', id] as const,
  draft: (id: string) => ['inbox', 'draft', id] as const,
  routes: (id: string) => ['inbox', 'routes', id] as const,
}

export const queueQuery = (query: QueueQuery) =>
  infiniteQueryOptions({
    queryKey: [...inboxKeys.queues, query],
    queryFn: ({ pageParam, signal }) =>
      api.get<WirePage<Conversation>>('/conversations', {
        signal,
        query: {
          view: query.view,
          sort: query.sort,
          q: query.q.trim(),
          filter: Object.keys(query.filter).length > 0 ? JSON.stringify(query.filter) : undefined,
          cursor: pageParam,
          limit: QUEUE_PAGE,
        },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })

/** Time alone brings conversations near their limit, and a day to its end. */
const COUNTED_AGAIN_MS = 60_000

export const countsQuery = queryOptions({
  queryKey: inboxKeys.counts,
  queryFn: ({ signal }) => api.get<Wire<ViewCounts>>('/conversations/counts', { signal }),
  refetchInterval: COUNTED_AGAIN_MS,
})

export const ownDayQuery = queryOptions({
  queryKey: inboxKeys.ownDay,
  queryFn: ({ signal }) => api.get<Wire<OwnDay>>('/conversations/own-day', { signal }),
  refetchInterval: COUNTED_AGAIN_MS,
})

export const conversationQuery = (id: string) =>
  queryOptions({
    queryKey: inboxKeys.conversation(id),
    queryFn: ({ signal }) => api.get<ConversationWire>(`/conversations/${id}`, { signal }),
  })

/** The latest page first, each in reading order; `nextCursor` goes back in time. */
export const messagesQuery = (id: string) =>
  infiniteQueryOptions<
    WirePage<Message>,
    Error,
    InfiniteData<WirePage<Message>, string | null>,
    ReturnType<typeof inboxKeys.messages>,
    string | null
  >({
    queryKey: inboxKeys.messages(id),
    queryFn: ({ pageParam, signal }) =>
      readUnchanged(
        () =>
          api.get<WirePage<Message>>(`/conversations/${id}/messages`, {
            signal,
            query: { cursor: pageParam, limit: THREAD_PAGE },
          }),
        ({ items }) => items.map((message) => message.id),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })

export const routesQuery = (id: string) =>
  queryOptions({
    queryKey: inboxKeys.routes(id),
    queryFn: ({ signal }) => api.get<{ items: ReplyRoute[] }>(`/conversations/${id}/routes`, { signal }),
    select: ({ items }) => items,
  })

export const draftQuery = (id: string) =>
  queryOptions({
    queryKey: inboxKeys.draft(id),
    queryFn: async ({ signal }) =>
      (await api.get<Draft | null | undefined>(`/conversations/${id}/draft`, { signal })) ?? null,
  })

export const snippetsQuery = queryOptions({
  queryKey: ['inbox', 'snippets'],
  queryFn: ({ signal }) => api.get<WirePage<Snippet>>('/snippets', { signal, query: { limit: 200 } }),
  select: ({ items }) => items,
})

export const tagsQuery = queryOptions({
  queryKey: ['inbox', 'tags'],
  queryFn: ({ signal }) => api.get<{ items: string[] }>('/tags', { signal }),
  select: ({ items }) => items,
})

/** Reads what opening a conversation will show, while the pointer is still on its way. */
export function prefetchConversation(cache: QueryClient, id: string): void {
  void cache.prefetchInfiniteQuery(messagesQuery(id))
  void cache.prefetchQuery(conversationQuery(id))
}
