import type { Tx } from './database.ts'
import type { StoredFile } from './files.ts'

export async function insertFile(
  tx: Tx,
  file: { sha256: Buffer; name: string; mime: string; sizeBytes: number },
): Promise<StoredFile> {
  return await tx.db
    .insertInto('platform.files')
    .values({
      workspace_id: tx.workspaceId,
      sha256: file.sha256,
      name: file.name,
      mime: file.mime,
      size_bytes: file.sizeBytes,
    })
    .returning(['id', 'name', 'mime', 'size_bytes as sizeBytes'])
    .executeTakeFirstOrThrow()
}

export async function findFile(tx: Tx, id: string): Promise<(StoredFile & { sha256: Buffer }) | undefined> {
  return await tx.db
    .selectFrom('platform.files')
    .select(['id', 'name', 'mime', 'size_bytes as sizeBytes', 'sha256'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Rows of several files, in no particular order; unknown ids are left out. */
export async function findFiles(tx: Tx, ids: readonly string[]): Promise<StoredFile[]> {
  if (ids.length === 0) return []
  return await tx.db
    .selectFrom('platform.files')
    .select(['id', 'name', 'mime', 'size_bytes as sizeBytes'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', 'in', [...ids])
    .execute()
}
