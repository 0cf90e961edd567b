import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { PersonMove, Speakers } from '#modules/inbox/contract'
import { api, notify, problemText, type Wire } from '#platform/web'
import { setConversation } from '../cached-queue.ts'
import { type ConversationWire, inboxKeys } from '../inbox-api.ts'

/** `lastSeq` = of the conversation: whoever wrote meanwhile may be another one. */
export const speakersQuery = (id: string, lastSeq: number) =>
  queryOptions({
    queryKey: ['inbox', 'speakers', id, lastSeq],
    queryFn: ({ signal }) => api.get<Wire<Speakers>>(`/conversations/${id}/speakers`, { signal }),
    staleTime: 60_000,
  })

/** "This is from someone else." The answer is the conversation in which the message stands now. */
export function useMoveToPerson(id: string, onDone?: (moved: ConversationWire) => void) {
  const cache = useQueryClient()
  const { t } = useTranslation()
  return useMutation({
    mutationFn: (move: PersonMove) => api.post<ConversationWire>(`/conversations/${id}/person`, move),
    onSuccess: (moved) => {
      setConversation(cache, moved)
      for (const queryKey of [
        inboxKeys.messages(id),
        inboxKeys.queues,
        inboxKeys.counts,
        ['inbox', 'speakers'],
        ['customers', 'card'],
        ['customers', 'timeline'],
      ])
        void cache.invalidateQueries({ queryKey })
      void notify(t('inbox.someoneElse.done'), 'good')
      onDone?.(moved)
    },
    onError: (error) => void notify(problemText(t, error), 'bad'),
  })
}

/** Says that several people use an address, or that one does. */
export function useShareAddress() {
  const cache = useQueryClient()
  const { t } = useTranslation()
  return useMutation({
    mutationFn: ({ personId, identityId, shared }: { personId: string; identityId: string; shared: boolean }) =>
      api.patch(`/people/${personId}/identities/${identityId}`, { shared }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['inbox', 'speakers'] }),
    onError: (error) => void notify(problemText(t, error), 'bad'),
  })
}
