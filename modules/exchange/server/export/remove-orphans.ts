import type { Database } from '#platform/server/database'
import type { ExportStore } from './export-store.ts'
import { findWanted } from './exports.queries.ts'

/**
 * Removes files that nobody can take any more: a process that ends between the end of an export and the removal of its file leaves it, with everybody's
 * data in it. An order is stored before its file is begun, so a file without one is nobody's.
 */
export async function removeOrphans({ system }: Pick<Database, 'system'>, store: ExportStore): Promise<void> {
  const files = await store.list()
  if (files.length === 0) return
  const wanted = await system((tx) =>
    findWanted(
      tx,
      files.map(({ id }) => id),
    ),
  )
  for (const { workspaceId, id } of files) if (!wanted.has(id)) await store.remove(workspaceId, id)
}
