import type { Tx } from '#platform/server/database'
import type { Actor } from '#platform/shared/actor'
import { insertRead } from './reads.queries.ts'

/** Readings of one card by one operator within this time are one line of the audit log. */
const HOUR_MS = 3_600_000
/** Readings remembered by a process; beyond it they are forgotten and the database is asked again. */
const MAX_REMEMBERED = 20_000

/** Records that an operator read a person's card: one insert at most per operator, person and hour, over all processes. */
export function recordRead(now: () => Date) {
  const lastRead = new Map<string, number>()
  return async (tx: Tx, actor: Actor, personId: string, requestId: string): Promise<void> => {
    const reading = `${tx.workspaceId} ${actor.operatorId} ${personId}`
    const at = now()
    if (at.getTime() - (lastRead.get(reading) ?? 0) < HOUR_MS) return
    await insertRead(tx, actor, { personId, since: new Date(at.getTime() - HOUR_MS), at, requestId })
    tx.afterCommit(() => {
      if (lastRead.size >= MAX_REMEMBERED) lastRead.clear()
      lastRead.set(reading, at.getTime())
    })
  }
}
