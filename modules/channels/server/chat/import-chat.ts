import type { Tx } from '#platform/server/database'
import { ensureThread, insertEntry, updateLastEntry, updateMarks } from './chat.queries.ts'

/** A talk that was held elsewhere or earlier, oldest entry first. */
export interface PastChat {
  readonly accountId: string
  readonly visitorId: string
  readonly entries: readonly { direction: 'in' | 'out'; key: string; author: string | null; text: string; at: Date }[]
}

/**
 * Takes over the transcript of a visitor who has none here yet, so that the talk can go on: the visitor reads it and answers reach them.
 * Brings nothing to the inbox. Resolves to the thread.
 */
export async function importChat(tx: Tx, { accountId, visitorId, entries }: PastChat): Promise<string> {
  const onlineUntil = entries.at(-1)?.at ?? new Date(0)
  const { id } = await ensureThread(tx, { id: visitorId, accountId, email: null, onlineUntil })
  for (const [index, entry] of entries.entries()) await insertEntry(tx, id, { ...entry, seq: index + 1, files: [] })
  await updateLastEntry(tx, id, { seq: entries.length, at: onlineUntil })
  await updateMarks(tx, id, { delivered: entries.length, read: entries.length })
  return id
}
