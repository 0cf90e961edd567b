import type { Line } from '../contract/index.ts'

/** An operator who is present, with the work at hand. */
export interface Candidate {
  readonly id: string
  readonly name: string
  readonly capacity: number
  readonly teamIds: readonly string[]
  /** Conversations that wait for this operator now. */
  readonly load: number
  /** When they last got or answered something; null = not yet. */
  readonly busyAt: Date | null
}

export interface Queued {
  readonly teamId: string | null
  /** The person's owner, or who had the conversation before. */
  readonly preferredOwnerId: string | null
}

/** Who gets it (null = it stays in the queue), and the one line that says why. */
export interface Decision {
  readonly operatorId: string | null
  readonly why: Line
}

/**
 * The owner first, when present and not full; otherwise the least loaded of the team (of everybody, without a team) who is present and
 * not full; of several the one who has been idle longest.
 */
export function chooseOperator({ teamId, preferredOwnerId }: Queued, present: readonly Candidate[]): Decision {
  const preferred = present.find(({ id }) => id === preferredOwnerId)
  if (preferred && hasRoom(preferred)) return given(preferred, 'owner_present')
  const able = present.filter(({ teamIds }) => teamId === null || teamIds.includes(teamId))
  if (able.length === 0) return { operatorId: null, why: { code: 'nobody_present', params: {} } }
  const [best] = able.filter(hasRoom).sort(byLoadThenIdleness)
  if (!best) return { operatorId: null, why: { code: 'nobody_free', params: { present: able.length } } }
  return given(best, 'least_loaded')
}

export const hasRoom = ({ load, capacity }: Candidate): boolean => load < capacity

const given = ({ id, name, load, capacity }: Candidate, code: Line['code']): Decision => ({
  operatorId: id,
  why: { code, params: { operator: name, load, capacity } },
})

/** Compared by cross-multiplication: 1 of 3 and 2 of 6 are exactly the same load. */
function byLoadThenIdleness(a: Candidate, b: Candidate): number {
  const load = a.load * b.capacity - b.load * a.capacity
  const idleness = (a.busyAt?.getTime() ?? 0) - (b.busyAt?.getTime() ?? 0)
  return load || idleness || (a.id < b.id ? -1 : 1)
}
