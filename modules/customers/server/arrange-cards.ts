import { audit } from '#platform/server/audit.queries'
import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { layoutChanged } from '../contract/events.ts'
import type { LaidOutBlock, LaidOutObject, LayoutReader } from '../contract/layouts.ts'
import { deleteLayout, saveLayout } from './layouts.queries.ts'

/**
 * Says which blocks a card has for a role, and in which order; null = as for everybody, and for everybody as they stand by themselves. Open
 * cards follow at once. Which blocks there are is known where they are drawn: an id that nobody knows is kept and draws nothing.
 */
export const arrangeCards =
  ({ events }: Platform) =>
  async (
    tx: Tx,
    actor: Actor,
    { object, reader, blocks }: { object: LaidOutObject; reader: LayoutReader; blocks: readonly LaidOutBlock[] | null },
  ): Promise<void> => {
    if (blocks) await saveLayout(tx, { object, reader, blocks })
    else await deleteLayout(tx, { object, reader })
    await audit(tx, actor, { action: 'customers.layout_changed', object: 'workspace', details: { object, reader } })
    await events.publish(tx, actor, layoutChanged, { object })
  }
