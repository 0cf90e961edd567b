import { audit } from '#platform/server/audit.queries'
import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import { findShown } from './merges.queries.ts'
import { dismissPairs } from './pairs.queries.ts'

/**
 * Two people, not one: hides the pair until something new speaks for it, and then Okno asks again instead of joining by itself. Goes for all cards
 * that are shown as these two.
 *
 * @throws Problem `customers.likeness_not_found`, `customers.already_merged`
 */
export const dismissPair =
  ({ now }: Pick<Platform, 'now'>) =>
  async (tx: Tx, actor: Actor, { personId, otherId }: { personId: string; otherId: string }): Promise<void> => {
    const [one, other] = [await findShown(tx, personId), await findShown(tx, otherId)]
    if (one && one.id === other?.id)
      throw new Problem('customers.already_merged', 409, 'These two are one card: take the merge apart instead.')
    if (!one || !other || !(await dismissPairs(tx, one.members, other.members, now())))
      throw new Problem('customers.likeness_not_found', 404, 'These two were not found alike.')
    const details = { otherId }
    await audit(tx, actor, { action: 'customers.likeness_dismissed', object: 'person', id: personId, details })
  }
