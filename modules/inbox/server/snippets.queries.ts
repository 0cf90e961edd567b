import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import { isUniqueViolation } from '#platform/server/unique-violation'
import { Problem } from '#platform/shared/problems'
import type { Snippet } from '../contract/index.ts'

type Fields = Omit<Snippet, 'id'>
const columns = ['id', 'shortcut', 'title', 'text'] as const

/** Snippets by shortcut, behind `after`. */
export async function listSnippets(
  tx: Tx,
  { after, limit }: { after: { shortcut: string; id: string } | undefined; limit: number },
): Promise<Snippet[]> {
  return await tx.db
    .selectFrom('inbox.snippets')
    .select(columns)
    .where('workspace_id', '=', tx.workspaceId)
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(lower(shortcut), id) > (lower(${after?.shortcut}), ${after?.id}::uuid)`),
    )
    .orderBy(sql`lower(shortcut)`)
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** Undefined when the shortcut is taken. */
export async function insertSnippet(tx: Tx, fields: Fields): Promise<Snippet | undefined> {
  return await tx.db
    .insertInto('inbox.snippets')
    .values({ workspace_id: tx.workspaceId, ...fields })
    .onConflict((conflict) => conflict.doNothing())
    .returning(columns)
    .executeTakeFirst()
}

export const shortcutTaken = (shortcut: string): Problem =>
  new Problem('inbox.snippet_exists', 409, 'Another snippet has this shortcut.', { params: { shortcut } })

/** Undefined when there is no such snippet. @throws Problem `inbox.snippet_exists` */
export async function updateSnippet(
  tx: Tx,
  id: string,
  fields: { [Key in keyof Fields]?: Fields[Key] | undefined },
): Promise<Snippet | undefined> {
  return await tx.db
    .updateTable('inbox.snippets')
    .set((eb) => ({ id: eb.ref('id'), ...fields }))
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirst()
    .catch((error: unknown) => {
      if (isUniqueViolation(error)) throw shortcutTaken(fields.shortcut ?? '')
      throw error
    })
}

/** True when it was there. */
export async function deleteSnippet(tx: Tx, id: string): Promise<boolean> {
  const row = await tx.db
    .deleteFrom('inbox.snippets')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
