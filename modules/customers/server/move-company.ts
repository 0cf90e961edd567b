import type { Tx } from '#platform/server/database'
import { Problem } from '#platform/shared/problems'
import { countLevels, findAbove, holdTree } from './company-tree.queries.ts'

/** As deep as a group may be: beyond it nobody could read the tree. */
const MAX_LEVELS = 20

/**
 * Sees to it that a company may stand below another one: that one exists, is not this company and does not stand below it, whatever others move
 * at the same time. Holds the order of the workspace's companies until the transaction ends.
 *
 * @throws Problem `customers.company_unknown`, `customers.company_ring`, `customers.company_too_deep`
 */
export async function assertMayStandBelow(tx: Tx, { id, parentId }: { id: string; parentId: string }): Promise<void> {
  await holdTree(tx)
  const above = await findAbove(tx, parentId)
  if (above.length === 0) throw new Problem('customers.company_unknown', 422, `There is no company ${parentId}.`)
  if (above.includes(id))
    throw new Problem('customers.company_ring', 422, 'A company cannot stand below itself or below one of its own.')
  if (above.length + (await countLevels(tx, id)) > MAX_LEVELS)
    throw new Problem('customers.company_too_deep', 422, `A group has at most ${MAX_LEVELS} levels.`)
}
