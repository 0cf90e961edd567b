import { stamp } from '#platform/web'

/** The stamp under which a change of a message was last heard of, by the message's id; the newest last. */
const heardAt = new Map<string, number>()
/** More than one window hears of while it waits for an answer. */
const KEPT = 1000

/** Notes that a message has changed just now: what was asked for before may show it as it was. */
export function noteChange(messageId: string): void {
  heardAt.delete(messageId)
  heardAt.set(messageId, stamp())
  const [oldest] = heardAt.keys()
  if (heardAt.size > KEPT && oldest !== undefined) heardAt.delete(oldest)
}

/** Whether a change was heard of after this stamp. */
export const isChangedSince = (messageId: string, askedAt: number): boolean => (heardAt.get(messageId) ?? 0) > askedAt

/** Reads messages, and again when one of them has changed while the answer was on its way. */
export async function readUnchanged<Answer>(
  read: () => Promise<Answer>,
  idsOf: (answer: Answer) => readonly string[],
): Promise<Answer> {
  for (;;) {
    const askedAt = stamp()
    const answer = await read()
    if (!idsOf(answer).some((id) => isChangedSince(id, askedAt))) return answer
  }
}
