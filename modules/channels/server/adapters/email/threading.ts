import type { ProviderMessageId, ProviderThreadId } from '../../channel-adapter.ts'
import { messageIdsIn } from './message-id.ts'
import { tokenOf } from './reply-address.ts'

/** A long thread is cut here: the ids nearest to the new message say enough. */
const MAX_THREAD_IDS = 200

/** Thread id under which a signed reply token is known; `send` returns the same one. */
export const threadOfToken = (token: string): ProviderThreadId => `reply:${token}`

/**
 * Every id under which this thread may be known, the surest first: a reply token that we signed (found in any recipient), the
 * message answered, the rest of the References from the newest to the oldest, and the message's own id.
 */
export function threadsOf(mail: {
  recipients: readonly string[]
  inReplyTo: string | undefined
  references: string | undefined
  own: ProviderMessageId
  key: Uint8Array
}): { threads: ProviderThreadId[]; inReplyTo?: ProviderMessageId } {
  const tokens = mail.recipients.map((address) => tokenOf(address, mail.key)).filter((token) => token !== null)
  const answered = messageIdsIn(mail.inReplyTo)
  const references = messageIdsIn(mail.references).reverse()
  // A thread is known by the ids of its messages, so one kind of id becomes the other here.
  const ids: string[] = [...tokens.map(threadOfToken), ...answered, ...references, mail.own]
  const parent = answered[0] ?? references[0]
  return { threads: [...new Set(ids)].slice(0, MAX_THREAD_IDS), ...(parent ? { inReplyTo: parent } : {}) }
}
