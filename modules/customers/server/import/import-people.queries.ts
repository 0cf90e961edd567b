import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { Evidence, IdentityKey } from '../identity.ts'
import { type PersonFields, personColumns } from '../people.queries.ts'
import type { Holder } from './plan-person.ts'

/** A value that more cards than this hold tells nobody from another. */
const MAX_HOLDERS = 20

/** Identities `i` of these keys with the people `p` on whose cards they stand. */
const held = (tx: Tx, keys: readonly IdentityKey[]) => sql`
    unnest(${keys.map(({ kind }) => kind)}::text[], ${keys.map(({ scope }) => scope)}::text[], ${keys.map(({ value }) => value)}::text[])
      as wanted (kind, scope, value)
    cross join lateral (
      select * from customers.identities i
      where i.workspace_id = ${tx.workspaceId} and i.kind = wanted.kind and i.scope = wanted.scope and i.value = wanted.value
      order by i.proven desc limit ${MAX_HOLDERS}
    ) i
    join customers.people p on p.workspace_id = i.workspace_id and p.id = i.person_id`

/** Who holds these identities, as the cards are shown. One look into the index for each. */
export async function findHolders(tx: Tx, keys: readonly IdentityKey[]): Promise<Holder[]> {
  if (keys.length === 0) return []
  const { rows } = await sql<Holder>`
    select i.kind, i.scope, i.value, i.proven, i.shared, coalesce(p.shown_as, p.id) as "personId", coalesce(shown.name, p.name) as name,
      i.proven or exists (select from jsonb_array_elements(i.evidence) as told where told ->> 'source' in ('operator', 'import')) as believed
    from ${held(tx, keys)}
    left join customers.people shown on shown.workspace_id = p.workspace_id and shown.id = p.shown_as`.execute(tx.db)
  return rows
}

/** The shown cards that hold these identities: who may be meant, before it is weighed. */
export async function findHolderIds(
  tx: Tx,
  keys: readonly IdentityKey[],
): Promise<(IdentityKey & { personId: string })[]> {
  if (keys.length === 0) return []
  const { rows } = await sql<IdentityKey & { personId: string }>`
    select i.kind, i.scope, i.value, coalesce(p.shown_as, p.id) as "personId"
    from ${held(tx, keys)}`.execute(tx.db)
  return rows
}

export interface KnownPerson extends PersonFields {
  readonly id: string
  /** Restricted or erased: nothing of it may be changed. */
  readonly isClosed: boolean
  readonly updatedAt: Date
}

/** Cards by their ids; one that was joined to another stands for that one. Locked in one order unless `isDry`. */
export async function findPeople(tx: Tx, ids: readonly string[], isDry: boolean): Promise<Map<string, KnownPerson>> {
  if (ids.length === 0) return new Map()
  const query = tx.db
    .selectFrom('customers.people')
    .select([...personColumns, 'id', 'updated_at as updatedAt'])
    .select(sql<boolean>`restricted_at is not null or erased_at is not null`.as('isClosed'))
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', 'in', [...ids])
    .where('shown_as', 'is', null)
    .orderBy('id')
  const rows = await (isDry ? query : query.forUpdate()).execute()
  return new Map(rows.map((row) => [row.id, row]))
}

export interface NewPerson extends PersonFields {
  readonly id: string
}

/** Of a new card most fields are empty: sent and read are the others, which is a third of the bytes. */
const filledOf = (person: NewPerson) => Object.fromEntries(Object.entries(person).filter(([, value]) => value !== null))

/** Opens cards with the first line of each timeline, in one statement. */
export async function insertPeople(
  tx: Tx,
  people: readonly NewPerson[],
  { at, data }: { at: Date; data: Record<string, unknown> },
): Promise<void> {
  if (people.length === 0) return
  await sql`
    with given as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(people.map(filledOf))}::jsonb) as given (
        id uuid, name text, "nameIsStandIn" boolean, "firstName" text, "lastName" text, "middleName" text, stage text, "ownerId" uuid,
        locale text, "timeZone" text, city text, "addressForm" text, "preferredChannel" text, "bestTime" text, birthday text, note text, custom jsonb)
    ), person as (
      insert into customers.people (workspace_id, id, name, name_is_stand_in, first_name, last_name, middle_name, stage, owner_id, locale,
        time_zone, city, address_form, preferred_channel, best_time, birthday, note, custom, origin, created_at, updated_at)
      select ${tx.workspaceId}, id, name, "nameIsStandIn", "firstName", "lastName", "middleName", stage, "ownerId", locale,
        "timeZone", city, "addressForm", "preferredChannel", "bestTime", birthday, note, custom, 'import', ${at}::timestamptz, ${at}::timestamptz
      from given
    )
    insert into customers.timeline (workspace_id, person_id, at, kind, data)
    select ${tx.workspaceId}, id, ${at}::timestamptz, 'customers.person_created', ${JSON.stringify(data)}::jsonb
    from given`.execute(tx.db)
}

/** Writes the fields of known cards, in one statement. */
export async function updatePeople(tx: Tx, people: readonly NewPerson[], at: Date): Promise<void> {
  if (people.length === 0) return
  await sql`
    update customers.people p set name = given.name, name_is_stand_in = given."nameIsStandIn", first_name = given."firstName",
      last_name = given."lastName", middle_name = given."middleName", stage = given.stage, owner_id = given."ownerId", locale = given.locale,
      time_zone = given."timeZone", city = given.city, address_form = given."addressForm", preferred_channel = given."preferredChannel",
      best_time = given."bestTime", birthday = given.birthday, note = given.note, custom = given.custom, updated_at = ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as given (
      id uuid, name text, "nameIsStandIn" boolean, "firstName" text, "lastName" text, "middleName" text, stage text, "ownerId" uuid,
      locale text, "timeZone" text, city text, "addressForm" text, "preferredChannel" text, "bestTime" text, birthday text, note text, custom jsonb)
    where p.workspace_id = ${tx.workspaceId} and p.id = given.id`.execute(tx.db)
}

/** An identity that a card gets; `proven` strengthens a claim that it has. */
export interface NewIdentity extends IdentityKey {
  readonly personId: string
  readonly proven: boolean
}

/** Adds identities to cards, in one statement. Lock those that are proven first. */
export async function insertIdentities(
  tx: Tx,
  identities: readonly NewIdentity[],
  { evidence, at }: { evidence: Evidence; at: Date },
): Promise<void> {
  if (identities.length === 0) return
  await sql`
    insert into customers.identities as known (workspace_id, person_id, kind, scope, value, proven, evidence, first_seen_at, last_seen_at)
    select ${tx.workspaceId}, person_id, kind, scope, value, proven, ${JSON.stringify([evidence])}::jsonb, ${at}::timestamptz, ${at}::timestamptz
    from unnest(${identities.map((one) => one.personId)}::uuid[], ${identities.map((one) => one.kind)}::text[],
      ${identities.map((one) => one.scope)}::text[], ${identities.map((one) => one.value)}::text[], ${identities.map((one) => one.proven)}::boolean[])
      as given (person_id, kind, scope, value, proven)
    on conflict (workspace_id, kind, scope, value, person_id) do update set
      proven = true, evidence = known.evidence || excluded.evidence, last_seen_at = greatest(known.last_seen_at, excluded.last_seen_at)
    where excluded.proven and not known.proven`.execute(tx.db)
}

/** Companies by tax number, else by name; the oldest of several. Keys as in `companyKey`. */
export async function findCompaniesByKeys(
  tx: Tx,
  { inns, names }: { inns: readonly string[]; names: readonly string[] },
): Promise<{ id: string; name: string; inn: string | null; key: string }[]> {
  if (inns.length + names.length === 0) return []
  const { rows } = await sql<{ id: string; name: string; inn: string | null; key: string }>`
    select distinct on (key) id, name, inn, key from (
      select id, name, inn, 'inn ' || inn as key from customers.own_companies where inn = any(${inns}::text[])
      union all
      select id, name, inn, 'name ' || lower(name) as key from customers.own_companies where lower(name) = any(${names}::text[])
    ) as found order by key, id`.execute(tx.db)
  return rows
}

export interface NewCompany {
  readonly id: string
  readonly name: string
  readonly inn: string | null
}

export async function insertCompanies(tx: Tx, companies: readonly NewCompany[], at: Date): Promise<void> {
  if (companies.length === 0) return
  await sql`
    insert into customers.companies (workspace_id, id, name, inn, created_at, updated_at)
    select ${tx.workspaceId}, id, name, inn, ${at}::timestamptz, ${at}::timestamptz
    from unnest(${companies.map(({ id }) => id)}::uuid[], ${companies.map(({ name }) => name)}::text[], ${companies.map(({ inn }) => inn)}::text[])
      as given (id, name, inn)`.execute(tx.db)
}

/** Where somebody works. */
export interface Place {
  readonly personId: string
  readonly companyId: string
  readonly position: string | null
}

/** Which of these pairs of person and company are known. */
export async function findPlaces(tx: Tx, places: readonly Place[]): Promise<Map<string, string | null>> {
  if (places.length === 0) return new Map()
  const { rows } = await sql<{ pair: string; position: string | null }>`
    select e.person_id || ' ' || e.company_id as pair, e.position
    from unnest(${places.map(({ personId }) => personId)}::uuid[], ${places.map(({ companyId }) => companyId)}::uuid[]) as wanted (person_id, company_id)
    join customers.employments e on e.workspace_id = ${tx.workspaceId} and e.person_id = wanted.person_id and e.company_id = wanted.company_id`.execute(
    tx.db,
  )
  return new Map(rows.map(({ pair, position }) => [pair, position]))
}

/** Says where people work; a position that is not given stays. */
export async function insertPlaces(tx: Tx, places: readonly Place[]): Promise<void> {
  if (places.length === 0) return
  await sql`
    insert into customers.employments as known (workspace_id, person_id, company_id, position)
    select distinct on (person_id, company_id) ${tx.workspaceId}::uuid, person_id, company_id, position
    from unnest(${places.map(({ personId }) => personId)}::uuid[], ${places.map(({ companyId }) => companyId)}::uuid[],
      ${places.map(({ position }) => position)}::text[]) as given (person_id, company_id, position)
    on conflict (workspace_id, person_id, company_id) do update set position = coalesce(excluded.position, known.position)`.execute(
    tx.db,
  )
}

/**
 * Tells PostgreSQL how full the tables of cards are now. Without it a table that was nearly empty a moment ago is read by the wrong index (a whole one for
 * each person) until autovacuum comes by, a minute later or more. As the owner: in a `system` transaction.
 */
export const refreshStatistics = (tx: Tx) =>
  sql`analyze customers.people, customers.identities, customers.employments, customers.companies`.execute(tx.db)
