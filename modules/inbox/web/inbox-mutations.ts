import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, askAndShow, notify, problemCode, problemText, putNews, stamp } from '#platform/web'
import { changeConversation, setConversation } from './cached-queue.ts'
import { seenSeqIn } from './composer/use-seen-seq.ts'
import { addMessage, addMissingMessages } from './follow-inbox.ts'
import { type ConversationChange, type ConversationWire, inboxKeys, type MessageWire } from './inbox-api.ts'

/** Changes a conversation: shown at once, taken back with a word when the server refuses. */
export function useChangeConversation(id: string) {
  const cache = useQueryClient()
  const { t } = useTranslation()
  return useMutation({
    mutationFn: (change: ConversationChange) =>
      askAndShow(
        cache,
        inboxKeys.conversation(id),
        () => api.patch<ConversationWire>(`/conversations/${id}`, { ...change, ...asSeen(cache, id, change) }),
        (conversation) => setConversation(cache, conversation),
      ),
    onMutate: ({ status, priority, tags, subject, custom }) =>
      changeConversation(cache, id, (conversation) => ({
        ...conversation,
        ...(status ? { status } : {}),
        ...(priority ? { priority } : {}),
        ...(tags ? { tags } : {}),
        ...(subject === undefined ? {} : { subject }),
        ...(custom ? { custom: filledIn(conversation.custom, custom) } : {}),
      })),
    onError: (error, _change, undo) => {
      undo?.()
      // What was refused may have been changed by somebody else first.
      void cache.invalidateQueries({ queryKey: inboxKeys.conversation(id), exact: true })
      if (problemCode(error) !== 'inbox.thread_moved') return void notify(problemText(t, error), 'bad')
      void addMissingMessages(cache, id)
      void notify(t('inbox.moved.stays'), 'bad')
    },
    onSettled: () => {
      void cache.invalidateQueries({ queryKey: inboxKeys.queues })
      void cache.invalidateQueries({ queryKey: inboxKeys.counts })
    },
  })
}

/** Who closes, snoozes or sets aside a talk does so to what stands on the screen: when the customer wrote meanwhile, it stays where it is. */
function asSeen(cache: QueryClient, id: string, { status }: ConversationChange) {
  const seenSeq = status && status !== 'open' ? seenSeqIn(cache, id) : undefined
  return seenSeq === undefined ? {} : { seenSeq }
}

/** What is held after values were given; null empties one. */
const filledIn = (held: ConversationWire['custom'], given: ConversationWire['custom']) =>
  Object.fromEntries(Object.entries({ ...held, ...given }).filter(([, value]) => value !== null))

/** Hands a failed or lost message over once more. */
export function useResend(message: MessageWire) {
  const cache = useQueryClient()
  const { t } = useTranslation()
  return useMutation({
    mutationFn: async () => {
      const askedAt = stamp()
      await addMessage(cache, await api.post<MessageWire>(`/messages/${message.id}/resend`), askedAt)
    },
    onError: (error) => void notify(problemText(t, error), 'bad'),
  })
}

/** Remembers how far I have read; the list shows it at once, also over what was asked for before it was stored. */
export function useMarkRead(id: string) {
  const cache = useQueryClient()
  const show = (seq: number) => {
    const put = () =>
      void changeConversation(cache, id, (conversation) =>
        conversation.lastSeq > seq ? conversation : { ...conversation, unread: 0 },
      )
    for (const queryKey of [inboxKeys.conversation(id), inboxKeys.queues]) putNews(cache, queryKey, put)
  }
  return useMutation({
    mutationFn: (seq: number) => api.put(`/conversations/${id}/read`, { seq }),
    onMutate: show,
    onSuccess: (_, seq) => show(seq),
  })
}
