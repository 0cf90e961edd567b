import { z } from 'zod'
import type { Tx } from '#platform/server/database'
import { defineJob, enqueue } from '#platform/server/jobs'
import type { Platform } from '#platform/server/platform'
import { systemActor } from '#platform/shared/actor'
import { isUuid } from '#platform/shared/ids'
import { chatAnswerUnseen } from '../../contract/events.ts'
import { type ChatAnswer, type ChatProvider, UnknownChatThread } from '../adapters/webchat/provider.ts'
import { appendEntry } from './append-entry.ts'
import { findPresence, findWorkspaceOfAccount, lockThread } from './chat.queries.ts'

const checkAnswer = defineJob(
  'channels.check_chat_answer',
  z.object({ threadId: z.uuid(), seq: z.int(), messageId: z.uuid(), accountId: z.uuid() }),
)

/** The transcript of the site chat for its adapter. Registers the job that notices answers nobody fetched. */
export function createChatProvider(platform: Platform): ChatProvider {
  const workspaces = new Map<string, string>()
  const workspaceOf = async (accountId: string) => {
    const known = workspaces.get(accountId)
    if (known) return known
    const found = await platform.database.system((tx) => findWorkspaceOfAccount(tx, accountId))
    if (!found) throw new UnknownChatThread(`No account ${accountId}`)
    workspaces.set(accountId, found)
    return found
  }

  platform.jobs.handle(checkAnswer, async (data, { workspaceId }) => {
    await platform.transaction(workspaceId, (tx) => publishIfUnseen(platform, tx, data))
  })

  return {
    append: async (answer) =>
      platform.transaction(await workspaceOf(answer.accountId), (tx) => appendAnswer(platform, tx, answer)),
    readFile: async (accountId, fileId) => {
      const file = await platform.transaction(await workspaceOf(accountId), (tx) => platform.files.load(tx, fileId))
      return file.content
    },
  }
}

async function appendAnswer(platform: Platform, tx: Tx, answer: ChatAnswer): Promise<void> {
  const { accountId } = answer
  const thread = isUuid(answer.threadId) ? await lockThread(tx, answer.threadId) : undefined
  if (!thread || thread.accountId !== accountId) throw new UnknownChatThread(`No thread in account ${accountId}`)

  const { seq, isNew } = await appendEntry(platform, tx, thread, {
    direction: 'out',
    key: answer.messageId,
    author: answer.authorName,
    text: answer.text,
    at: platform.now(),
    files: async () => {
      const saved = []
      for (const file of answer.files) saved.push(await platform.files.save(tx, file))
      return saved
    },
  })
  if (isNew && thread.email) {
    const runAt = new Date(+platform.now() + answer.unseenAfterSeconds * 1000)
    enqueue(tx, checkAnswer, { threadId: thread.id, seq, messageId: answer.messageId, accountId }, { runAt })
  }
}

async function publishIfUnseen(
  platform: Platform,
  tx: Tx,
  { threadId, seq, messageId, accountId }: z.infer<typeof checkAnswer.data>,
): Promise<void> {
  const visitor = await findPresence(tx, threadId)
  if (!visitor?.email || visitor.deliveredSeq >= seq) return
  await platform.events.publish(tx, systemActor(tx.workspaceId), chatAnswerUnseen, {
    messageId,
    accountId,
    threadId,
    email: visitor.email,
  })
}
