import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { IdentityKind } from './identity.ts'

export interface HeldAddress {
  readonly id: string
  readonly personId: string
  readonly kind: IdentityKind
  readonly scope: string
  readonly value: string
  readonly shared: boolean
  /** Somebody said that one person uses it, whatever the names. */
  readonly isSingle: boolean
}

/** Identities of a person, of any card that is shown as them, with one of these values; the proven ones first. */
export async function findHeldAddresses(
  tx: Tx,
  { members, values, accountId }: { members: readonly string[]; values: readonly string[]; accountId: string | null },
): Promise<HeldAddress[]> {
  const { rows } = await sql<HeldAddress>`
    select id, person_id as "personId", kind, scope, value, shared, is_single as "isSingle" from customers.identities
    where workspace_id = ${tx.workspaceId} and person_id = any(${members}::uuid[]) and value = any(${values}::text[])
      and scope in ('', ${accountId ?? ''})
    order by proven desc, kind in ('phone', 'email') desc, id`.execute(tx.db)
  return rows
}

export interface Speaker {
  readonly id: string
  readonly name: string
  /** They hold the address, or live with somebody who does. */
  readonly why: 'address' | 'household'
}

const MAX_SPEAKERS = 12

/** Who may be writing by an address: the shown people who hold it, then those who live with them. */
export async function findSpeakers(tx: Tx, { kind, scope, value }: Pick<HeldAddress, 'kind' | 'scope' | 'value'>) {
  const { rows } = await sql<Speaker>`
    with holder as (
      select distinct coalesce(p.shown_as, p.id) as id from customers.identities i
      join customers.people p on p.workspace_id = i.workspace_id and p.id = i.person_id
      where i.workspace_id = ${tx.workspaceId} and i.kind = ${kind} and i.scope = ${scope} and i.value = ${value}
    ), mate as (
      select distinct coalesce(p.shown_as, p.id) as id from holder
      join customers.people own on own.workspace_id = ${tx.workspaceId} and (own.id = holder.id or own.shown_as = holder.id)
      join customers.household_members here on here.workspace_id = own.workspace_id and here.person_id = own.id
      join customers.household_members there on there.workspace_id = here.workspace_id and there.household_id = here.household_id
      join customers.people p on p.workspace_id = there.workspace_id and p.id = there.person_id
    )
    select p.id, p.name, case when holder.id is null then 'household' else 'address' end as why
    from (select id from holder union select id from mate) speaker
    left join holder on holder.id = speaker.id
    join customers.people p on p.workspace_id = ${tx.workspaceId} and p.id = speaker.id
    order by holder.id is null, lower(p.name), p.id limit ${sql.lit(MAX_SPEAKERS)}`.execute(tx.db)
  return rows
}
