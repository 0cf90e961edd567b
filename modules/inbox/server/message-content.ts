import { createHash } from 'node:crypto'
import { isUuid } from '#platform/shared/ids'
import type { ArrivedFile, MessageFact } from './uses.ts'

/** A thread that a reply token leads to: the token is signed by the account and names the conversation. */
const TOKEN = 'reply:'
/** Longest name of a thread or participant that is stored as it is; an index row holds about 2700 bytes. */
const MAX_NAME_LENGTH = 300
const DAY_MS = 86_400_000
/** A customer does not ask for a call later than that; a time beyond it is a mistake or a joke. */
const MAX_CALLBACK_DAYS = 31

/** The conversation that a signed reply token among the threads names, if any. */
export const tokenOf = ({ threads }: Pick<MessageFact, 'threads'>): string | undefined =>
  threads.find((thread) => thread.startsWith(TOKEN) && isUuid(thread.slice(TOKEN.length)))?.slice(TOKEN.length)

/** The same fact without its token: it came by an account that never handed it out. */
export const withoutToken = (fact: MessageFact): MessageFact => ({
  ...fact,
  threads: fact.threads.filter((thread) => !thread.startsWith(TOKEN)),
})

/** Provider's own thread ids, without our tokens, short enough to be looked up. */
export const ownThreads = ({ threads }: Pick<MessageFact, 'threads'>): string[] =>
  threads.filter((thread) => !thread.startsWith(TOKEN)).map(shortName)

/** A provider's id as it is stored: a very long one by its hash. */
export const shortName = (name: string): string =>
  name.length <= MAX_NAME_LENGTH ? name : `sha256:${createHash('sha256').update(name).digest('hex')}`

/** Address of the other side: who wrote, or the one we wrote to. */
export const otherSide = (fact: Pick<MessageFact, 'direction' | 'from' | 'to'>): string =>
  shortName(fact.direction === 'in' ? fact.from.address : (fact.to[0]?.address ?? ''))

/** HTML whose inline images (`cid:…`) are loaded from the stored files. */
export function withInlineImages(html: string, files: readonly ArrivedFile[]): string {
  const places = new Map(files.flatMap(({ contentId, fileId }) => (contentId ? [[contentId, fileId] as const] : [])))
  return html.replaceAll(/(\bsrc=["']?)cid:([^"'\s>]+)/gi, (whole, before: string, given: string) => {
    const fileId = places.get(given) ?? places.get(decoded(given))
    return fileId ? `${before}/api/v1/files/${fileId}` : whole
  })
}

const decoded = (text: string) => {
  try {
    return decodeURIComponent(text)
  } catch (error) {
    if (error instanceof URIError) return text
    throw error
  }
}

/** The moment by which the customer asked to be called: the end of the slot, or its only time. */
export function callbackTime(
  context: Readonly<Record<string, string>> | undefined,
  receivedAt: Date,
): Date | undefined {
  const chosen = context?.callback_to ?? context?.callback_from
  const at = new Date(chosen ?? Number.NaN)
  const isSane = at > receivedAt && at.getTime() <= receivedAt.getTime() + MAX_CALLBACK_DAYS * DAY_MS
  return isSane ? at : undefined
}
