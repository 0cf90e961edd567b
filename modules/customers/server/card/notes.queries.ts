import type { Tx } from '#platform/server/database'
import type { Note } from '../../contract/around.ts'

type StoredNote = Note & { readonly personId: string }

const columns = [
  'id',
  'person_id as personId',
  'text',
  'is_pinned as isPinned',
  'operator_id as operatorId',
  'operator_name as operatorName',
  'created_at as createdAt',
  'edited_at as editedAt',
  'versions',
] as const

export const insertNote = (
  tx: Tx,
  note: Pick<StoredNote, 'personId' | 'text' | 'isPinned' | 'operatorId' | 'operatorName' | 'createdAt'>,
): Promise<StoredNote> =>
  tx.db
    .insertInto('customers.notes')
    .values({
      workspace_id: tx.workspaceId,
      person_id: note.personId,
      text: note.text,
      is_pinned: note.isPinned,
      operator_id: note.operatorId,
      operator_name: note.operatorName,
      created_at: note.createdAt,
      edited_at: null,
      versions: '[]',
    })
    .returning(columns)
    .executeTakeFirstOrThrow()

/** Locked until the end of the transaction. */
export const lockNote = (tx: Tx, id: string): Promise<StoredNote | undefined> =>
  tx.db
    .selectFrom('customers.notes')
    .select(columns)
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()

export const saveNote = (tx: Tx, { id, text, isPinned, editedAt, versions }: Note) =>
  tx.db
    .updateTable('customers.notes')
    .set({ text, is_pinned: isPinned, edited_at: editedAt, versions: JSON.stringify(versions) })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .execute()

export const deleteNote = (tx: Tx, id: string) =>
  tx.db.deleteFrom('customers.notes').where('workspace_id', '=', tx.workspaceId).where('id', '=', id).execute()
