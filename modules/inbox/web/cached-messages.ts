import type { InfiniteData } from '@tanstack/react-query'
import type { MessageWire } from './inbox-api.ts'

/** Pages of a thread: the latest page first, each in reading order. */
export type CachedThread = InfiniteData<{ items: MessageWire[]; nextCursor: string | null }, string | null>

/** Number of the newest message that the thread shows; 0 when it shows none. */
export const lastSeqOf = (thread: CachedThread): number =>
  Math.max(0, ...(thread.pages[0]?.items.map(({ seq }) => seq) ?? []))

/**
 * The thread in reading order, oldest first: by number, but what the customer sent in one go stands as it was said, even when it came
 * in another order.
 */
export function inReadingOrder(thread: CachedThread): MessageWire[] {
  const runs: MessageWire[][] = []
  for (const message of thread.pages.flatMap(({ items }) => items).toSorted((a, b) => a.seq - b.seq)) {
    const run = runs.at(-1)
    if (run?.[0]?.direction === 'in' && message.direction === 'in') run.push(message)
    else runs.push([message])
  }
  return runs.flatMap((run) => run.sort((a, b) => a.sentAt.localeCompare(b.sentAt) || a.seq - b.seq))
}

/**
 * Adds messages behind what is shown; one that is there already is replaced. What lies before the loaded part is left out, and so is what
 * would leave a gap: numbers follow each other, so a thread that lacks one is read again from there.
 */
export function withMessages(thread: CachedThread, messages: readonly MessageWire[]): CachedThread {
  const byId = new Map(messages.map((message) => [message.id, message]))
  const pages = thread.pages.map((page) => ({ ...page, items: page.items.map((item) => take(byId, item)) }))
  const [newest = { items: [], nextCursor: null }, ...older] = pages
  const last = lastSeqOf(thread)
  const added = [...byId.values()]
    .filter(({ seq }) => seq > last)
    .sort((a, b) => a.seq - b.seq)
    .filter(({ seq }, index) => seq === last + 1 + index)
  return { ...thread, pages: [{ ...newest, items: [...newest.items, ...added] }, ...older] }
}

function take(byId: Map<string, MessageWire>, item: MessageWire): MessageWire {
  const newer = byId.get(item.id)
  byId.delete(item.id)
  return newer ?? item
}
