import type { ConversationState } from './conversation.ts'

const DAY_MS = 86_400_000

export type Choice = { do: 'continue' | 'reopen'; conversation: ConversationState } | { do: 'start' }

/**
 * Which conversation a message belongs to. `known` are the conversations under which its threads are known, the surest first.
 * A live one goes on; one closed within `reopenDays` is reopened; one closed earlier is history. What a machine wrote, and what we
 * wrote ourselves, joins the surest without waking it. Nothing is guessed from subjects.
 */
export function whichConversation({
  known,
  wakes,
  at,
  reopenDays,
}: {
  known: readonly ConversationState[]
  /** True for a message of a human customer. */
  wakes: boolean
  at: Date
  reopenDays: number
}): Choice {
  const [surest] = known
  if (!wakes && surest) return { do: 'continue', conversation: surest }
  for (const conversation of known) {
    if (conversation.closedAt === null) return { do: 'continue', conversation }
    if (at.getTime() - conversation.closedAt.getTime() <= reopenDays * DAY_MS) return { do: 'reopen', conversation }
  }
  return { do: 'start' }
}
