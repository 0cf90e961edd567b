import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { IdentityKey } from '../identity.ts'

/**
 * Why a card that an import made stays: null when nobody has touched it since. Gone cards are left out. Told are codes: somebody changed a field,
 * wrote or was written to, joined it with another card, agreed to something, or added an address.
 */
export async function findTouches(
  tx: Tx,
  ids: readonly string[],
  importId: string,
): Promise<Map<string, string | null>> {
  if (ids.length === 0) return new Map()
  const own = JSON.stringify([{ importId }])
  const { rows } = await sql<{ id: string; touch: string | null }>`
    select p.id, case
      when p.shown_as is not null or exists (select from customers.people h where h.workspace_id = p.workspace_id and h.shown_as = p.id)
        then 'exchange.card_joined'
      when exists (select from customers.timeline t where t.workspace_id = p.workspace_id and t.person_id = p.id
          and t.once is distinct from 'person_created' and t.data ->> 'importId' is distinct from ${importId}) then 'exchange.card_talked'
      when p.updated_at <> p.created_at then 'exchange.changed_since'
      when exists (select from customers.consents c where c.workspace_id = p.workspace_id and c.person_id = p.id) then 'exchange.card_consented'
      when exists (select from customers.identities i where i.workspace_id = p.workspace_id and i.person_id = p.id
          and not (i.evidence @> ${own}::jsonb and jsonb_array_length(i.evidence) = 1)) then 'exchange.card_identified'
      end as touch
    from customers.people p where p.workspace_id = ${tx.workspaceId} and p.id = any(${ids}::uuid[]) for update`.execute(
    tx.db,
  )
  return new Map(rows.map(({ id, touch }) => [id, touch]))
}

/** Removes cards with all that hangs on them. */
export async function removePeople(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await tx.db
    .deleteFrom('customers.people')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', 'in', [...ids])
    .execute()
}

type OwnIdentity = Pick<IdentityKey, 'kind' | 'value'> & { readonly personId: string }

const asRows = (identities: readonly OwnIdentity[]) => sql`unnest(${identities.map(({ personId }) => personId)}::uuid[],
  ${identities.map(({ kind }) => kind)}::text[], ${identities.map(({ value }) => value)}::text[]) as given (person_id, kind, value)`

/** Removes identities that only this import tells of. */
export async function removeIdentities(tx: Tx, identities: readonly OwnIdentity[], importId: string): Promise<void> {
  if (identities.length === 0) return
  await sql`delete from customers.identities i using ${asRows(identities)}
    where i.workspace_id = ${tx.workspaceId} and i.person_id = given.person_id and i.kind = given.kind and i.scope = '' and i.value = given.value
      and i.evidence @> ${JSON.stringify([{ importId }])}::jsonb and jsonb_array_length(i.evidence) = 1`.execute(tx.db)
}

/** Makes claims again of what was proven by this import and by nothing since. */
export async function unprove(tx: Tx, identities: readonly OwnIdentity[], importId: string): Promise<void> {
  if (identities.length === 0) return
  await sql`update customers.identities i set proven = false, evidence = i.evidence - (-1)
    from ${asRows(identities)}
    where i.workspace_id = ${tx.workspaceId} and i.person_id = given.person_id and i.kind = given.kind and i.scope = '' and i.value = given.value
      and i.evidence -> -1 ->> 'importId' = ${importId}`.execute(tx.db)
}

interface Pair {
  readonly personId: string
  readonly companyId: string
}

const asPairs = (pairs: readonly Pair[]) =>
  sql`${pairs.map(({ personId }) => personId)}::uuid[], ${pairs.map(({ companyId }) => companyId)}::uuid[]`

export async function removePlaces(tx: Tx, pairs: readonly Pair[]): Promise<void> {
  if (pairs.length === 0) return
  await sql`delete from customers.employments e using unnest(${asPairs(pairs)}) as given (person_id, company_id)
    where e.workspace_id = ${tx.workspaceId} and e.person_id = given.person_id and e.company_id = given.company_id`.execute(
    tx.db,
  )
}

/** Gives positions back that nobody has changed since. */
export async function putBackPositions(
  tx: Tx,
  places: readonly (Pair & { readonly before: string | null; readonly after: string | null })[],
): Promise<void> {
  if (places.length === 0) return
  await sql`update customers.employments e set position = given.before
    from unnest(${asPairs(places)}, ${places.map(({ before }) => before)}::text[], ${places.map(({ after }) => after)}::text[])
      as given (person_id, company_id, before, after)
    where e.workspace_id = ${tx.workspaceId} and e.person_id = given.person_id and e.company_id = given.company_id
      and e.position is not distinct from given.after`.execute(tx.db)
}

/** Removes those of these companies that an import made and nobody has used or changed. Resolves to what was removed. */
export async function deleteUnusedCompanies(tx: Tx, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    delete from customers.companies c where c.workspace_id = ${tx.workspaceId} and c.id = any(${ids}::uuid[]) and c.updated_at = c.created_at
      and not exists (select from customers.employments e where e.workspace_id = c.workspace_id and e.company_id = c.id)
    returning c.id`.execute(tx.db)
  return rows.map(({ id }) => id)
}
