import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { PersonSummary } from '../contract/people.ts'
import type { Evidence, IdentityKey } from './identity.ts'
import type { Custom, Stage } from './tables.ts'

export interface PersonFields {
  name: string
  nameIsStandIn: boolean
  firstName: string | null
  lastName: string | null
  middleName: string | null
  stage: Stage
  ownerId: string | null
  locale: string | null
  timeZone: string | null
  city: string | null
  note: string
  custom: Custom
}

export const insertPerson = (tx: Tx, person: PersonFields & { id: string; origin: string | null; createdAt: Date }) =>
  tx.db
    .insertInto('customers.people')
    .values({
      workspace_id: tx.workspaceId,
      id: person.id,
      origin: person.origin,
      created_at: person.createdAt,
      updated_at: person.createdAt,
      ...columnsOf(person),
    })
    .execute()

const columnsOf = (person: PersonFields) => ({
  name: person.name,
  name_is_stand_in: person.nameIsStandIn,
  first_name: person.firstName,
  last_name: person.lastName,
  middle_name: person.middleName,
  stage: person.stage,
  owner_id: person.ownerId,
  locale: person.locale,
  time_zone: person.timeZone,
  city: person.city,
  note: person.note,
  custom: JSON.stringify(person.custom),
})

/** The fields of a person, locked against other changes until the transaction ends. */
export async function lockPerson(tx: Tx, id: string): Promise<PersonFields | undefined> {
  return tx.db
    .selectFrom('customers.people')
    .select([
      'name',
      'name_is_stand_in as nameIsStandIn',
      'first_name as firstName',
      'last_name as lastName',
      'middle_name as middleName',
      'stage',
      'owner_id as ownerId',
      'locale',
      'time_zone as timeZone',
      'city',
      'note',
      'custom',
    ])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

export const updatePersonFields = (tx: Tx, id: string, person: PersonFields, at: Date) =>
  tx.db
    .updateTable('customers.people')
    .set({ ...columnsOf(person), updated_at: at })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .execute()

/** Gives a person who had only a stand-in a name. */
export const nameStranger = (tx: Tx, id: string, name: string, at: Date) =>
  tx.db
    .updateTable('customers.people')
    .set({ name, name_is_stand_in: false, updated_at: at })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .where('name_is_stand_in', '=', true)
    .execute()

/** Keeps claimed fields that the card does not have yet; what is there stays. True when something was added. */
export async function keepClaimedFields(tx: Tx, id: string, claimed: Custom): Promise<boolean> {
  if (Object.keys(claimed).length === 0) return false
  const fields = JSON.stringify(claimed)
  const { numAffectedRows } = await sql`
    update customers.people set custom = ${fields}::jsonb || custom, updated_at = now()
    where workspace_id = ${tx.workspaceId} and id = ${id}
      and not custom ?& array(select jsonb_object_keys(${fields}::jsonb))`.execute(tx.db)
  return (numAffectedRows ?? 0n) > 0n
}

/** Opens a lead card with its identities and the first line of its timeline, in one statement. */
export async function insertLead(
  tx: Tx,
  lead: Omit<PersonFields, 'stage' | 'ownerId' | 'locale' | 'timeZone' | 'note'> & {
    id: string
    origin: string
    createdAt: Date
    proven: readonly IdentityKey[]
    claims: readonly IdentityKey[]
    evidence: Evidence
  },
): Promise<void> {
  const keys = [...lead.proven, ...lead.claims]
  const data = { origin: lead.origin, accountId: lead.evidence.accountId }
  await sql`
    with person as (
      insert into customers.people (workspace_id, id, name, name_is_stand_in, first_name, last_name, middle_name, city, custom, origin, created_at, updated_at)
      values (${tx.workspaceId}, ${lead.id}, ${lead.name}, ${lead.nameIsStandIn}, ${lead.firstName}, ${lead.lastName}, ${lead.middleName},
        ${lead.city}, ${JSON.stringify(lead.custom)}::jsonb, ${lead.origin}, ${lead.createdAt}, ${lead.createdAt})
    ), first_line as (
      insert into customers.timeline (workspace_id, person_id, at, kind, data, once)
      values (${tx.workspaceId}, ${lead.id}, ${lead.createdAt}, 'customers.person_created', ${JSON.stringify(data)}::jsonb, 'person_created')
    )
    insert into customers.identities (workspace_id, person_id, kind, scope, value, proven, evidence, first_seen_at, last_seen_at)
    select ${tx.workspaceId}, ${lead.id}, kind, scope, value, number <= ${lead.proven.length},
      ${JSON.stringify([lead.evidence])}::jsonb, ${lead.createdAt}::timestamptz, ${lead.createdAt}::timestamptz
    from unnest(${keys.map((key) => key.kind)}::text[], ${keys.map((key) => key.scope)}::text[], ${keys.map((key) => key.value)}::text[])
      with ordinality as key (kind, scope, value, number)`.execute(tx.db)
}

export async function findSummaries(tx: Tx, ids: readonly string[]): Promise<PersonSummary[]> {
  if (ids.length === 0) return []
  return tx.db
    .selectFrom('customers.people')
    .select(['id', 'name', 'stage', 'owner_id as ownerId'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', 'in', ids)
    .execute()
}

/** What a person is found by. */
export async function findSearchable(tx: Tx, id: string) {
  const { rows } = await sql<{
    name: string
    parts: string[]
    note: string
    city: string | null
    custom: Custom
    createdAt: Date
    addresses: string[]
  }>`
    select p.name, array_remove(array[p.last_name, p.first_name, p.middle_name], null) as parts, p.note, p.city, p.custom,
      p.created_at as "createdAt",
      array(select i.value from customers.identities i
        where i.workspace_id = p.workspace_id and i.person_id = p.id and i.kind in ('email', 'phone', 'external')
        order by i.proven desc, i.first_seen_at, i.id) as addresses
    from customers.people p where p.workspace_id = ${tx.workspaceId} and p.id = ${id}`.execute(tx.db)
  return rows[0]
}

/** Language in which Okno names what has no name. */
export async function findLocale(tx: Tx): Promise<'ru' | 'en'> {
  const row = await tx.db
    .selectFrom('platform.workspaces')
    .select('locale')
    .where('id', '=', tx.workspaceId)
    .executeTakeFirst()
  return row?.locale ?? 'ru'
}
