import type { Platform } from '#platform/server/platform'
import type { ChatEntry } from '../../contract/chat.ts'
import type { StoredChatEntry } from './chat.queries.ts'
import { signFileAddress } from './visitor-token.ts'

/** An entry as the visitor gets it: files with addresses (on this server) that work for some days. */
export const shownEntry = (
  { secrets, now }: Platform,
  { account: { key }, visitorId: threadId }: { account: { key: string }; visitorId: string },
  entry: StoredChatEntry,
): ChatEntry => ({
  ...entry,
  at: entry.at.toISOString(),
  files: entry.files.map((file) => ({
    ...file,
    url: `/chat/${key}/files/${file.id}?${signFileAddress(secrets, { threadId, fileId: file.id }, now())}`,
  })),
})
