import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { Subject } from '#platform/server/personal-data'
import { wordsThatName } from './who-it-is.ts'

/** Everything that tells who the person with these cards is. Names of hidden cards count, and so do addresses that were taken off. */
export async function findSubject(
  tx: Tx,
  personId: string,
  cards: readonly string[],
): Promise<Subject & { name: string }> {
  const { rows } = await sql<{ id: string; names: string[] }>`
    select id, array_remove(array[name, concat_ws(' ', first_name, last_name), concat_ws(' ', last_name, first_name, middle_name)], '') as names
    from customers.people where workspace_id = ${tx.workspaceId} and id = any(${[...cards]}::uuid[])`.execute(tx.db)
  const held = await sql<Subject['identities'][number]>`
    select kind, scope, value from customers.identities where workspace_id = ${tx.workspaceId} and person_id = any(${[...cards]}::uuid[])
    union
    select data ->> 'kind', '', data ->> 'value' from customers.timeline t
    where workspace_id = ${tx.workspaceId} and person_id = any(${[...cards]}::uuid[]) and kind = 'customers.identity_removed'
      and not exists (select from customers.identities now where now.workspace_id = t.workspace_id and now.value = t.data ->> 'value')`.execute(
    tx.db,
  )
  const names = rows.flatMap((row) => row.names)
  const identities = held.rows
  const name = rows.find(({ id }) => id === personId)?.names[0] ?? ''
  return { personId, cards, identities, words: wordsThatName({ names, identities }), name }
}
