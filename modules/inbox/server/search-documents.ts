import type { SearchDocument } from '#platform/server/search.queries'
import type { ConversationState } from './conversation.ts'
import type { MessageRow } from './message.queries.ts'
import { storable } from './stored-json.ts'

/** Words of a long message beyond this many letters are not searched: they are mostly quoted logs and footers. */
const MAX_BODY_LENGTH = 20_000

/** A conversation is found by its number, the person's name and the subject. */
export const conversationDocument = (
  { id, number, subject, personId, lastMessageAt }: ConversationState,
  personName: string,
): SearchDocument => ({
  object: 'conversation',
  id,
  title: storable(`${number} ${personName} ${subject}`.trim()),
  facts: { personId },
  at: lastMessageAt,
})

/** Each message is a document of its own, so that a long talk costs no more per message than a short one. */
export function messageDocument(message: MessageRow): SearchDocument[] {
  if (message.text === '') return []
  const body = storable(message.text.slice(0, MAX_BODY_LENGTH))
  return [
    {
      object: 'message',
      id: message.id,
      title: '',
      body,
      facts: { conversationId: message.conversationId },
      at: message.sentAt,
    },
  ]
}
