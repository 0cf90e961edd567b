import type { Tx } from '#platform/server/database'
import type { LaidOutBlock, LaidOutObject, Layout, LayoutReader } from '../contract/layouts.ts'

export async function findLayouts(tx: Tx): Promise<Layout[]> {
  return tx.db
    .selectFrom('customers.card_layouts')
    .select(['object', 'reader', 'blocks'])
    .where('workspace_id', '=', tx.workspaceId)
    .orderBy('object')
    .orderBy('reader')
    .execute()
}

export async function saveLayout(
  tx: Tx,
  { object, reader, blocks }: { object: LaidOutObject; reader: LayoutReader; blocks: readonly LaidOutBlock[] },
): Promise<void> {
  const row = { blocks: JSON.stringify(blocks) }
  await tx.db
    .insertInto('customers.card_layouts')
    .values({ workspace_id: tx.workspaceId, object, reader, ...row })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'object', 'reader']).doUpdateSet(row))
    .execute()
}

export async function deleteLayout(
  tx: Tx,
  { object, reader }: { object: LaidOutObject; reader: LayoutReader },
): Promise<void> {
  await tx.db
    .deleteFrom('customers.card_layouts')
    .where('workspace_id', '=', tx.workspaceId)
    .where('object', '=', object)
    .where('reader', '=', reader)
    .execute()
}
