import { setTimeout as pause } from 'node:timers/promises'
import type { Platform } from '#platform/server/platform'
import { systemActor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import { findAlike, weighSuggested } from './find-alike.ts'
import { keepWhich } from './keep-which.ts'
import { findMatching, readChanges, saveMatching } from './matching-state.queries.ts'
import { mergePeople } from './merge-people.ts'
import { lockCards } from './merges.queries.ts'
import { findAutomatic } from './pairs.queries.ts'
import { prepareCards } from './prepare-cards.ts'
import { findSides } from './sides.queries.ts'

/** Changed cards taken at a time: a transaction of a few hundred milliseconds at most. */
const BATCH = 200
/** The work rests this many times as long as it took, so that people who write are answered first. */
const REST = 4

/**
 * Compares cards that changed since the last time, and joins what is certain. Outside the transactions of arrivals: a flood of strangers is
 * stored at full speed and compared afterwards. May be ended at any moment and goes on where it stopped. While a long list comes in it waits: resolves to
 * the moment until which that was said, null when it is through.
 */
export const followCards = (platform: Platform) => {
  const join = joinCertain(platform)
  return async (workspaceId: string, signal?: AbortSignal, rest = REST): Promise<Date | null> => {
    for (let isEnd = false; !isEnd && !signal?.aborted; ) {
      const began = performance.now()
      const step = await platform.database.quietTransaction(workspaceId, async (tx) => {
        const state = await findMatching(tx)
        if (state.heldUntil && state.heldUntil > platform.now()) return state.heldUntil
        const changes = await readChanges(tx, state.cursor, BATCH)
        const shown = await prepareCards(tx, changes.ids)
        await findAlike(tx, state, shown)
        await weighSuggested(tx, state)
        if (changes.cursor !== state.cursor) await saveMatching(tx, { cursor: changes.cursor })
        return changes.isEnd
      })
      if (step instanceof Date) return step
      isEnd = step
      await join(workspaceId)
      if (!isEnd) await pause((performance.now() - began) * rest)
    }
    return null
  }
}

/** Joins at most so many pairs at a time; the rest come with the next batch. */
const JOINED = 100

/** Joins pairs above the threshold, each in a transaction of its own. One that somebody has decided meanwhile stays as decided. */
export const joinCertain = (platform: Platform) => {
  const merge = mergePeople(platform)
  return async (workspaceId: string): Promise<void> => {
    const { transaction } = platform
    const pairs = await transaction(workspaceId, (tx) => findAutomatic(tx, { limit: JOINED }))
    for (const { personId, otherId } of pairs) {
      try {
        await transaction(workspaceId, async (tx) => {
          await lockCards(tx, [personId, otherId])
          const [still] = await findAutomatic(tx, { personId, otherId })
          if (!still) return
          const sides = await findSides(tx, [personId, otherId])
          const [a, b] = [sides.get(personId), sides.get(otherId)]
          if (!a || !b) return
          const [keptId, hiddenId] = keepWhich(a, b) === 'a' ? [a.id, b.id] : [b.id, a.id]
          await merge(tx, systemActor(workspaceId), { keptId, hiddenId })
        })
      } catch (error) {
        if (!(error instanceof Problem)) throw error
      }
    }
  }
}
