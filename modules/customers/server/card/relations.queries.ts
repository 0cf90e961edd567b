import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { RelationKind } from '../../contract/kinds.ts'

/** Undefined when these two stand so already. */
export async function insertRelation(
  tx: Tx,
  relation: {
    personId: string
    otherId: string
    kind: RelationKind
    note: string | null
    operatorName: string
    at: Date
  },
): Promise<string | undefined> {
  const row = await tx.db
    .insertInto('customers.relations')
    .values({
      workspace_id: tx.workspaceId,
      person_id: relation.personId,
      other_id: relation.otherId,
      kind: relation.kind,
      note: relation.note,
      operator_name: relation.operatorName,
      created_at: relation.at,
    })
    .onConflict((it) => it.columns(['workspace_id', 'person_id', 'other_id', 'kind']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

export interface StoredRelation {
  readonly personId: string
  readonly otherId: string
  readonly kind: RelationKind
  readonly name: string
  readonly otherName: string
}

/** Takes a relation away and tells what it was. */
export async function deleteRelation(tx: Tx, id: string): Promise<StoredRelation | undefined> {
  const { rows } = await sql<StoredRelation>`
    with gone as (delete from customers.relations where workspace_id = ${tx.workspaceId} and id = ${id} returning *)
    select gone.person_id as "personId", gone.other_id as "otherId", gone.kind, p.name, o.name as "otherName" from gone
    join customers.people p on p.workspace_id = gone.workspace_id and p.id = gone.person_id
    join customers.people o on o.workspace_id = gone.workspace_id and o.id = gone.other_id`.execute(tx.db)
  return rows[0]
}
