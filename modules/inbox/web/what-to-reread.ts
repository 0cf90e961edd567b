import type { ConversationQuery } from '#modules/inbox/contract'

/** What one works in is read again this long after a change: a burst costs one reading, and a slow server is asked less often. */
export const OWN_AFTER_MS = 300
/** The lengths of queues, after a change that is not about one's own work. */
export const COUNTS_AFTER_MS = 1500

/** A queue that a window has loaded. */
export interface LoadedQueue {
  readonly view: ConversationQuery['view']
  /** It is on screen, not only kept for later. */
  readonly isShown: boolean
  readonly ids: ReadonlySet<string>
}

export interface ToReread {
  /** The change is about the operator's own work: queue, day and counts follow at once. */
  readonly isOwn: boolean
  readonly queues: boolean
}

/**
 * What a changed conversation asks a window to read again. Everybody hears of what is nobody's yet: a window that shows only its operator's
 * queue has nothing to read for that but the lengths of the others, and these can wait.
 */
export function whatToReread(
  { conversationId, ownerId }: { conversationId: string; ownerId: string | null },
  { me, queues }: { me: string | undefined; queues: readonly LoadedQueue[] },
): ToReread {
  const isOwn = (me !== undefined && ownerId === me) || queues.some(({ ids }) => ids.has(conversationId))
  return { isOwn, queues: isOwn || queues.some(({ isShown, view }) => isShown && view !== 'mine') }
}
