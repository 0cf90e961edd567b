import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import { type ChatThread, findEntryByKey, insertEntry, type StoredChatEntry, updateLastEntry } from './chat.queries.ts'
import type { ChatPage, StoredChatFile } from './tables.ts'

/** A word to every process: the one that holds the visitor's socket passes the entry on. */
export const LOOK = 'chat look'
export interface Look {
  workspaceId: string
  threadId: string
  seq: number
  /** The entry itself when it is short, as most are: nobody has to read it then. */
  entry?: Omit<StoredChatEntry, 'at'> & { at: string }
}

/** Characters of a text that travels between processes: at three bytes each it stays within a word's 7 kB. */
const MAX_CARRIED_TEXT = 1500

/**
 * Puts an entry at the end of a thread that the caller has locked, once per key, and tells all processes after the commit.
 * A repeated key changes nothing and answers with the number of the entry that stands there.
 */
export async function appendEntry(
  platform: Platform,
  tx: Tx,
  thread: ChatThread,
  entry: {
    direction: 'in' | 'out'
    key: string
    author: string | null
    text: string
    at: Date
    /** Called only when the entry is new. */
    files: () => Promise<StoredChatFile[]>
    page?: ChatPage | undefined
  },
): Promise<{ seq: number; at: Date; isNew: boolean }> {
  const there = await findEntryByKey(tx, thread.id, entry.key)
  if (there) return { seq: there.seq, at: there.at, isNew: false }

  const { page, files, ...rest } = entry
  const seq = thread.lastSeq + 1
  const stored: StoredChatEntry = { ...rest, seq, files: await files() }
  await insertEntry(tx, thread.id, stored)
  await updateLastEntry(tx, thread.id, { seq, at: entry.at, page })
  const look: Look = {
    workspaceId: tx.workspaceId,
    threadId: thread.id,
    seq,
    ...(isShort(stored) ? { entry: { ...stored, at: stored.at.toISOString() } } : {}),
  }
  tx.afterCommit(() => platform.bus.publish(LOOK, look))
  return { seq, at: entry.at, isNew: true }
}

const isShort = ({ text, files }: StoredChatEntry) => text.length <= MAX_CARRIED_TEXT && files.length === 0
