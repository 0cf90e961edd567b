import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import { search } from '#platform/server/search.queries'
import type { Actor } from '#platform/shared/actor'
import { isUuid } from '#platform/shared/ids'
import { asksNothing } from '#platform/shared/objects/condition'
import { decodeCursor, encodeCursor, foreignCursor, type Page } from '#platform/shared/page'
import type { Conversation, ConversationQuery } from '../contract/index.ts'
import type { ConversationState } from './conversation.ts'
import { type ConversationFilter, readFilter } from './conversation-filter.ts'
import { type Listing, listDue, listRecent } from './list.queries.ts'
import { conversationsOfMessages } from './message.queries.ts'
import { presentConversations } from './present-conversations.ts'
import type { ReadUses } from './uses.ts'

/** A search looks at no more than this many best matches. */
const MAX_FOUND = 200

/**
 * One page of the conversations that the actor may see. Sorted by `due`: who waits for us, most urgent first, then the rest by its
 * last word; by `recent`: last word first.
 *
 * @throws Problem `request.filter`, `objects.condition_wrong`, `request.cursor`
 */
export const listConversations =
  ({ transaction, now }: Platform, uses: ReadUses) =>
  (actor: Actor, query: ConversationQuery): Promise<Page<Conversation>> =>
    transaction(actor.workspaceId, async (tx) => {
      const ask = await uses.objects.questions(tx, actor)
      const filter = readFilter(ask, query.filter)
      const ids = query.q?.trim() ? await idsFound(tx, query.q) : undefined
      const listing: Listing = {
        actor,
        view: query.view,
        filter: ask.predicate('conversation', filter.condition),
        isNarrowed: !asksNothing(filter.condition),
        ids,
        now: now(),
      }
      const { items, nextCursor } = await pageOf(tx, listing, query, filter)
      return { items: await presentConversations(tx, uses, actor, items), nextCursor }
    })

/** Conversations found by number, name and subject, or by words of their messages. */
async function idsFound(tx: Tx, q: string): Promise<string[]> {
  const found = await search(tx, {
    q: q.replace(/^[#№]\s*/, ''),
    objects: ['conversation', 'message'],
    limit: MAX_FOUND,
  })
  const messageIds = found.filter(({ object }) => object === 'message').map(({ id }) => id)
  const own = found.filter(({ object }) => object === 'conversation').map(({ id }) => id)
  return [...new Set([...own, ...(await conversationsOfMessages(tx, messageIds)).values()])]
}

const QUIET = 'quiet'

async function pageOf(
  tx: Tx,
  listing: Listing,
  query: ConversationQuery,
  filter: ConversationFilter,
): Promise<Page<ConversationState>> {
  const limit = query.limit + 1
  const after = query.cursor ? readCursor(query.cursor) : undefined
  // What is closed waits for nothing: there is only one order for it.
  if (query.sort === 'recent' || query.view === 'closed' || filter.asksForClosed) {
    const page = { after: after && { lastMessageAt: after.at, id: after.id }, limit, quiet: false }
    return cut(await listRecent(tx, listing, page), query.limit, 'recent')
  }
  const due =
    after?.part === QUIET
      ? []
      : await listDue(tx, listing, { after: after && { dueAt: after.at, id: after.id }, limit })
  if (due.length === limit || query.view === 'at_risk') return cut(due, query.limit, 'due')
  const rest = await listRecent(tx, listing, {
    after: after?.part === QUIET ? { lastMessageAt: after.at, id: after.id } : undefined,
    limit: limit - due.length,
    quiet: true,
  })
  return cut([...due, ...rest], query.limit, 'due')
}

/** The place of the last row, in the part of the order in which it stands. */
function cut(rows: ConversationState[], limit: number, sort: ConversationQuery['sort']): Page<ConversationState> {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  if (rows.length <= limit || !last) return { items, nextCursor: null }
  const isDue = sort === 'due' && last.dueAt !== null
  const at = isDue && last.dueAt ? last.dueAt : last.lastMessageAt
  return { items, nextCursor: encodeCursor([isDue ? 'due' : QUIET, at.getTime(), last.id]) }
}

/** The last moment that a `Date` can hold. */
const LAST_MOMENT_MS = 8.64e15

function readCursor(cursor: string): { part: string; at: Date; id: string } {
  const [part, at, id] = decodeCursor(cursor, 3)
  const isMoment = typeof at === 'number' && at >= 0 && at <= LAST_MOMENT_MS
  if (typeof part !== 'string' || !isMoment || typeof id !== 'string' || !isUuid(id)) throw foreignCursor()
  return { part, at: new Date(at), id }
}
