import { sql } from 'kysely'
import type { Tx } from './database.ts'
import type { StoredFile } from './files.ts'

/** Stores the row. Until the transaction ends nobody removes these bytes. */
export async function insertFile(
  tx: Tx,
  { sha256, name, mime, sizeBytes }: { sha256: Buffer; name: string; mime: string; sizeBytes: number },
): Promise<StoredFile> {
  const { rows } = await sql<StoredFile>`
    with held as materialized (select pg_advisory_xact_lock_shared(hashtextextended(${contentKey(tx, sha256)}, 0)))
    insert into platform.files (workspace_id, sha256, name, mime, size_bytes)
    select ${tx.workspaceId}::uuid, ${sha256}::bytea, ${name}, ${mime}, ${sizeBytes} from held
    returning id, name, mime, size_bytes as "sizeBytes"`.execute(tx.db)
  const [file] = rows
  if (!file) throw new Error('A file was not stored.')
  return file
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

const contentKey = (tx: Tx, sha256: Buffer) => `file ${tx.workspaceId} ${sha256.toString('hex')}`

/** Waits for everybody who is saving the same bytes. */
export const lockContent = (tx: Tx, sha256: Buffer) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${contentKey(tx, sha256)}, 0))`.execute(tx.db)

export async function hasContent(tx: Tx, sha256: Buffer): Promise<boolean> {
  const row = await tx.db
    .selectFrom('platform.files')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('sha256', '=', sha256)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Removes rows of files; hashes of their bytes. */
export async function deleteFiles(tx: Tx, ids: readonly string[]): Promise<Buffer[]> {
  if (ids.length === 0) return []
  const rows = await tx.db
    .deleteFrom('platform.files')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', 'in', [...ids])
    .returning('sha256')
    .execute()
  return rows.map(({ sha256 }) => sha256)
}
