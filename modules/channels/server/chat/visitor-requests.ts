import type { z } from 'zod'
import type { Platform } from '#platform/server/platform'
import { type ChatAck, type ChatEntry, type ChatRequest, chatLimits, type chatRequests } from '../../contract/chat.ts'
import type { AcceptRaw } from '../accept-raw.ts'
import type { ChatArrival, RawVisitor } from '../adapters/webchat/raw.ts'
import { appendEntry } from './append-entry.ts'
import { ensureThread, findThread, listAnswerIds, readEntries, updateMarks, updateThread } from './chat.queries.ts'
import type { ChatAccount } from './chat-account.ts'
import { shownEntry } from './shown-entry.ts'
import type { SignedIdentity } from './signed-identity.ts'
import type { ChatPage, StoredChatFile } from './tables.ts'
import { readFileTicket } from './visitor-token.ts'

/** What is kept for one open chat. Ten thousand of these must fit: nothing big belongs here. */
export interface OpenChat {
  readonly account: ChatAccount
  /** Also the id of the visitor's thread. */
  readonly visitorId: string
  readonly identity: SignedIdentity | null
  /** False until the visitor has written for the first time. */
  hasThread: boolean
  email: string | null
  page: ChatPage | undefined
}

/** A visitor writes in a thread that has begun. */
export interface VisitorTyping {
  readonly workspaceId: string
  readonly accountId: string
  readonly threadId: string
}

type Request<Name extends ChatRequest> = z.infer<(typeof chatRequests)[Name]>

/** A visitor counts as present for this long after the last sign; open chats are renewed more often. */
export const ONLINE_MS = 150_000
export const onlineUntil = (now: Date) => new Date(+now + ONLINE_MS)

/** What a visitor may ask for. Every function is safe to repeat; thread and account come from the chat, never from the request. */
export function visitorRequests(
  platform: Platform,
  { accept, onTyping }: { accept: AcceptRaw; onTyping: (typing: VisitorTyping) => void },
) {
  const take = (chat: OpenChat, key: string, arrival: ChatArrival) =>
    accept(chat.account, {
      key,
      receivedAt: platform.now(),
      headers: {},
      body: Buffer.from(JSON.stringify(arrival)),
    })

  /** The message stands as an arrival, then in the transcript, and only then is it acknowledged: a repeat completes what is missing. */
  async function say(
    chat: OpenChat,
    { key, text, files, page }: Request<'say'>,
  ): Promise<ChatAck<{ seq: number; at: string }>> {
    const owner = { accountId: chat.account.accountId, visitorId: chat.visitorId }
    const known = files.map((ticket) => readFileTicket(platform.secrets, owner, ticket))
    const attached = known.filter((file): file is StoredChatFile => file !== null)
    if (attached.length < known.length) return { ok: false, code: 'chat.file_refused', isFinal: true }

    if (page) chat.page = page
    await take(chat, `message:${chat.visitorId}:${key}`, {
      type: 'message',
      key,
      visitor: rawVisitor(chat),
      text,
      files: attached,
      ...(chat.page ? { page: chat.page } : {}),
    })
    return await platform.transaction(chat.account.workspaceId, async (tx) => {
      const thread = await ensureThread(tx, {
        id: chat.visitorId,
        accountId: chat.account.accountId,
        email: chat.email,
        onlineUntil: onlineUntil(platform.now()),
      })
      const { seq, at } = await appendEntry(platform, tx, thread, {
        direction: 'in',
        key,
        author: null,
        text,
        at: platform.now(),
        files: async () => attached,
        page: chat.page,
      })
      tx.afterCommit(() => {
        chat.hasThread = true
      })
      return { ok: true, seq, at: at.toISOString() }
    })
  }

  /** Receipts become facts first and marks second, so that a crash between them repeats the receipts instead of losing them. */
  async function seen(chat: OpenChat, { delivered, read }: Request<'seen'>): Promise<ChatAck> {
    const { workspaceId } = chat.account
    const threadId = chat.visitorId
    if (!chat.hasThread) return { ok: true }
    const receipts = await platform.transaction(workspaceId, async (tx) => {
      const thread = await findThread(tx, threadId)
      if (!thread) return []
      const readUpTo = Math.min(read, thread.lastSeq)
      const deliveredUpTo = Math.min(delivered, thread.lastSeq)
      return [
        {
          state: 'read' as const,
          upTo: readUpTo,
          ids: await listAnswerIds(tx, threadId, { after: thread.readSeq, upTo: readUpTo }),
        },
        {
          state: 'delivered' as const,
          upTo: deliveredUpTo,
          ids: await listAnswerIds(tx, threadId, {
            after: Math.max(thread.deliveredSeq, readUpTo),
            upTo: deliveredUpTo,
          }),
        },
      ]
    })
    for (const { state, upTo, ids } of receipts) {
      if (ids.length > 0) await take(chat, `${state}:${threadId}:${upTo}`, { type: 'receipt', state, messageIds: ids })
    }
    await platform.transaction(workspaceId, (tx) =>
      updateMarks(tx, threadId, { delivered: Math.max(delivered, read), read }),
    )
    return { ok: true }
  }

  async function history(
    chat: OpenChat,
    { before, after }: Request<'history'>,
  ): Promise<ChatAck<{ entries: ChatEntry[]; hasGap: boolean }>> {
    const threadId = chat.visitorId
    if (!chat.hasThread) return { ok: true, entries: [], hasGap: false }
    const entries = await platform.transaction(chat.account.workspaceId, (tx) =>
      readEntries(tx, threadId, { after: after ?? 0, before, limit: chatLimits.history }),
    )
    return {
      ok: true,
      entries: entries.map((entry) => shownEntry(platform, chat, entry)),
      hasGap: (entries[0]?.seq ?? 0) > (after ?? 0) + 1,
    }
  }

  /** The address is a claim: anybody can type it. It is told to the operator and used when the visitor has left. */
  async function leaveEmail(chat: OpenChat, { email }: Request<'leave_email'>): Promise<ChatAck> {
    if (chat.hasThread) {
      await take(chat, `email:${chat.visitorId}:${email}`, { type: 'email', visitor: rawVisitor(chat), email })
      await platform.transaction(chat.account.workspaceId, (tx) => updateThread(tx, chat.visitorId, { email }))
    }
    chat.email = email
    return { ok: true }
  }

  async function page(chat: OpenChat, request: Request<'page'>): Promise<ChatAck> {
    chat.page = request
    const threadId = chat.visitorId
    if (chat.hasThread) {
      await platform.transaction(chat.account.workspaceId, (tx) => updateThread(tx, threadId, { page: request }))
    }
    return { ok: true }
  }

  async function typing(chat: OpenChat): Promise<ChatAck> {
    const { accountId, workspaceId } = chat.account
    if (chat.hasThread) onTyping({ workspaceId, accountId, threadId: chat.visitorId })
    return { ok: true }
  }

  return { say, seen, history, leave_email: leaveEmail, page, typing } satisfies {
    [Name in ChatRequest]: (chat: OpenChat, request: Request<Name>) => Promise<ChatAck>
  }
}

const rawVisitor = (chat: OpenChat): RawVisitor => ({
  id: chat.visitorId,
  ...(chat.email ? { email: chat.email } : {}),
  ...(chat.identity ? { identity: chat.identity } : {}),
})
