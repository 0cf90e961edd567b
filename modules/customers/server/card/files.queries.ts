import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { PersonFile } from '../../contract/around.ts'

/** Most files that a card shows. */
const MAX_FILES = 200

/** Files laid to these cards, the newest first. */
export async function findPersonFiles(tx: Tx, people: readonly string[]): Promise<PersonFile[]> {
  const { rows } = await sql<Omit<PersonFile, 'sizeBytes'> & { sizeBytes: string }>`
    select f.id, f.name, f.mime, f.size_bytes as "sizeBytes", l.created_at as at, l.operator_name as by, null as "conversationId"
    from customers.person_files l join platform.files f on f.workspace_id = l.workspace_id and f.id = l.file_id
    where l.workspace_id = ${tx.workspaceId} and l.person_id = any(${people}::uuid[])
    order by l.created_at desc, f.id desc limit ${MAX_FILES}`.execute(tx.db)
  return rows.map((row) => ({ ...row, sizeBytes: Number(row.sizeBytes) }))
}

export const insertPersonFile = (tx: Tx, file: { personId: string; fileId: string; operatorName: string; at: Date }) =>
  tx.db
    .insertInto('customers.person_files')
    .values({
      workspace_id: tx.workspaceId,
      person_id: file.personId,
      file_id: file.fileId,
      operator_name: file.operatorName,
      created_at: file.at,
    })
    .execute()

/** Whether this file was laid to one of these cards. */
export const isPersonFile = async (tx: Tx, people: readonly string[], fileId: string): Promise<boolean> =>
  (await tx.db
    .selectFrom('customers.person_files')
    .select('file_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('person_id', 'in', people)
    .where('file_id', '=', fileId)
    .executeTakeFirst()) !== undefined

export async function deletePersonFile(tx: Tx, people: readonly string[], fileId: string): Promise<boolean> {
  const { numDeletedRows } = await tx.db
    .deleteFrom('customers.person_files')
    .where('workspace_id', '=', tx.workspaceId)
    .where('person_id', 'in', people)
    .where('file_id', '=', fileId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** Null takes the picture away. */
export const savePhoto = (tx: Tx, people: readonly string[], photoId: string | null, at: Date) =>
  tx.db
    .updateTable('customers.people')
    .set({ photo_id: photoId, updated_at: at })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', 'in', people)
    .execute()

/** The face of a shown person: its own, else that of one who was joined to it. */
export async function findPhotoId(tx: Tx, people: readonly string[], shownId: string): Promise<string | null> {
  const { rows } = await sql<{ photoId: string }>`
    select photo_id as "photoId" from customers.people
    where workspace_id = ${tx.workspaceId} and id = any(${people}::uuid[]) and photo_id is not null
    order by id = ${shownId} desc, id limit 1`.execute(tx.db)
  return rows[0]?.photoId ?? null
}
