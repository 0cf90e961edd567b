import type { Tx } from '#platform/server/database'
import type { Actor } from '#platform/shared/actor'
import type { Archive } from '../../contract/archives.ts'
import type { StoredArchive } from './archives.queries.ts'
import type { ArchiveAccess } from './uses.ts'

/** Archives as an administrator sees them. */
export async function showArchives(
  tx: Tx,
  access: Pick<ArchiveAccess, 'operatorNames'>,
  actor: Actor,
  now: Date,
  found: readonly (StoredArchive | undefined)[],
): Promise<Archive[]> {
  const stored = found.filter((one) => one !== undefined)
  const names = await access.operatorNames(tx, [...new Set(stored.map(({ operatorId }) => operatorId))])
  return stored.map(({ operatorId, startedAt, ...one }) => ({
    ...one,
    secondsLeft: secondsLeft({ ...one, startedAt }, now),
    operator: names.get(operatorId) ?? { id: operatorId, name: '' },
    can: {
      take: isThere(one, now) && operatorId === actor.operatorId,
      remove: one.state === 'waiting' || one.state === 'running' || isThere(one, now),
    },
  }))
}

/** Its file can be taken. */
export const isThere = ({ state, endsAt }: Pick<StoredArchive, 'state' | 'endsAt'>, now: Date): boolean =>
  state === 'done' && endsAt > now

/** By the pace so far; null before there is one. */
function secondsLeft(
  { state, done, total, startedAt }: Pick<StoredArchive, 'state' | 'done' | 'total' | 'startedAt'>,
  now: Date,
): number | null {
  if (state !== 'running' || !startedAt || done === 0 || total === null) return null
  const seconds = (now.getTime() - startedAt.getTime()) / 1000
  return Math.max(0, Math.round(((total - done) * seconds) / done))
}
