import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import type { Decided } from '../../contract/identity.ts'
import { dismissPair } from './dismiss-pair.ts'
import { keepWhich } from './keep-which.ts'
import { mergePeople } from './merge-people.ts'
import { findSides } from './sides.queries.ts'

interface Wanted {
  readonly decision: 'merge' | 'dismiss'
  readonly pairs: readonly { readonly personId: string; readonly otherId: string }[]
}

/** Decides several pairs, each in a transaction of its own: what cannot be done any more is told, the rest is done. */
export const decidePairs = (platform: Platform) => {
  const merge = mergePeople(platform)
  const dismiss = dismissPair(platform)
  return async (actor: Actor, { decision, pairs }: Wanted): Promise<Decided> => {
    const failed: Decided['failed'] = []
    for (const { personId, otherId } of pairs) {
      try {
        await platform.transaction(actor.workspaceId, async (tx) => {
          if (decision === 'dismiss') {
            await dismiss(tx, actor, { personId, otherId })
            return
          }
          const sides = await findSides(tx, [personId, otherId])
          const [a, b] = [sides.get(personId), sides.get(otherId)]
          if (!a || !b) throw new Problem('customers.person_not_found', 404, 'One of the two is gone.')
          const [kept, hidden] = keepWhich(a, b) === 'a' ? [a, b] : [b, a]
          await merge(tx, actor, { keptId: kept.id, hiddenId: hidden.id })
        })
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        failed.push({ personId, otherId, code: error.code })
      }
    }
    return { done: pairs.length - failed.length, failed }
  }
}
