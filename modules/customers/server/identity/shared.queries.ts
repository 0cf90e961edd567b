import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { IdentityKey } from '../identity.ts'

/** An identity of a shown person: its own or that of a card joined to it. */
export async function findOwnIdentity(
  tx: Tx,
  personId: string,
  identityId: string,
): Promise<(IdentityKey & { id: string; personId: string; proven: boolean }) | undefined> {
  const { rows } = await sql<IdentityKey & { id: string; personId: string; proven: boolean }>`
    select i.id, i.kind, i.scope, i.value, i.proven, i.person_id as "personId" from customers.identities i
    join customers.people holder on holder.workspace_id = i.workspace_id and holder.id = i.person_id
    where i.workspace_id = ${tx.workspaceId} and i.id = ${identityId} and (holder.id = ${personId} or holder.shown_as = ${personId})`.execute(
    tx.db,
  )
  return rows[0]
}

/** Marks every row of a key, and takes the suggestions away that rested on it alone. Resolves to the cards under which its holders are shown. */
export async function setShared(tx: Tx, { kind, scope, value }: IdentityKey, shared: boolean): Promise<string[]> {
  const rows = await tx.db
    .updateTable('customers.identities')
    .set({ shared, is_single: !shared })
    .where('workspace_id', '=', tx.workspaceId)
    .where('kind', '=', kind)
    .where('scope', '=', scope)
    .where('value', '=', value)
    .returning('person_id as personId')
    .execute()
  const ids = [...new Set(rows.map(({ personId }) => personId))]
  if (shared) {
    await sql`
      delete from customers.likenesses
      where workspace_id = ${tx.workspaceId} and state = 'open' and person_id = any(${ids}::uuid[]) and other_id = any(${ids}::uuid[])
        and reasons <> '[]' and reasons <@ ${JSON.stringify([
          { kind, value },
          { kind, value, proven: true },
        ])}::jsonb`.execute(tx.db)
  }
  const shown = await tx.db
    .selectFrom('customers.people')
    .select((is) => is.fn.coalesce('shown_as', 'id').as('id'))
    .distinct()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .execute()
  return shown.map(({ id }) => id)
}

/** Gives an identity to another card. What that one has of the same becomes one with it: proven as either was, with the evidence of both. */
export async function moveIdentityRow(tx: Tx, id: string, toPersonId: string, evidence: object): Promise<void> {
  const { rows } = await sql<{ proven: boolean; evidence: unknown[]; firstSeenAt: Date; lastSeenAt: Date }>`
    delete from customers.identities there using customers.identities moved
    where moved.workspace_id = ${tx.workspaceId} and moved.id = ${id} and there.workspace_id = moved.workspace_id and there.id <> moved.id
      and there.kind = moved.kind and there.scope = moved.scope and there.value = moved.value and there.person_id = ${toPersonId}
    returning there.proven, there.evidence, there.first_seen_at as "firstSeenAt", there.last_seen_at as "lastSeenAt"`.execute(
    tx.db,
  )
  const [there] = rows
  await sql`
    update customers.identities set person_id = ${toPersonId}, proven = proven or ${there?.proven ?? false},
      evidence = ${JSON.stringify(there?.evidence ?? [])}::jsonb || evidence || ${JSON.stringify([evidence])}::jsonb,
      first_seen_at = least(first_seen_at, ${there?.firstSeenAt ?? null}::timestamptz),
      last_seen_at = greatest(last_seen_at, ${there?.lastSeenAt ?? null}::timestamptz)
    where workspace_id = ${tx.workspaceId} and id = ${id}`.execute(tx.db)
}
