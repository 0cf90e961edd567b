import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import { anyOf, keepPlan } from '#platform/server/kept-plans'
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
  addressForm: 'familiar' | 'formal' | null
  preferredChannel: string | null
  bestTime: string | null
  birthday: string | null
  note: string
  custom: Custom
}

/** A card of which nothing is known. */
export const EMPTY_PERSON: PersonFields = {
  name: '',
  nameIsStandIn: false,
  firstName: null,
  lastName: null,
  middleName: null,
  stage: 'lead',
  ownerId: null,
  locale: null,
  timeZone: null,
  city: null,
  addressForm: null,
  preferredChannel: null,
  bestTime: null,
  birthday: null,
  note: '',
  custom: {},
}

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
  address_form: person.addressForm,
  preferred_channel: person.preferredChannel,
  best_time: person.bestTime,
  birthday: person.birthday,
  note: person.note,
  custom: JSON.stringify(person.custom),
})

/** Columns of a card's own fields under the names the rules use. */
export const personColumns = [
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
  'address_form as addressForm',
  'preferred_channel as preferredChannel',
  'best_time as bestTime',
  'birthday',
  'note',
  'custom',
] as const

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

/** A card that is about to be opened. */
export interface NewCard extends PersonFields {
  readonly id: string
  readonly origin: string
  readonly createdAt: Date
  readonly proven: readonly IdentityKey[]
  readonly claims: readonly IdentityKey[]
  readonly evidence: Evidence
  /** What the first line of the timeline says beside the origin. */
  readonly openedBy: Readonly<Record<string, unknown>>
}

/**
 * Opens cards with their identities and the first line of each timeline, in one statement. `defaults`: what the company's own fields hold of
 * which nobody said anything; answers with these.
 */
export async function insertCards(
  tx: Tx,
  cards: readonly NewCard[],
  defaults: RawBuilder<unknown> = sql`'{}'::jsonb`,
): Promise<Custom> {
  if (cards.length === 0) return {}
  const given = cards.map(({ proven, claims, ...card }) => ({
    ...card,
    keys: [...proven.map((key) => ({ ...key, proven: true })), ...claims.map((key) => ({ ...key, proven: false }))],
  }))
  const { rows } = await keepPlan(sql<{ custom: Custom }>`
    with defaults as materialized (
      select ${defaults} as custom
    ), card as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as given (
        id uuid, name text, "nameIsStandIn" boolean, "firstName" text, "lastName" text, "middleName" text, stage text, "ownerId" uuid, locale text,
        "timeZone" text, city text, "addressForm" text, "preferredChannel" text, "bestTime" text, birthday text, note text, custom jsonb,
        origin text, "createdAt" timestamptz, "openedBy" jsonb, evidence jsonb, keys jsonb)
    ), person as (
      insert into customers.people (workspace_id, id, name, name_is_stand_in, first_name, last_name, middle_name, stage, owner_id, locale,
        time_zone, city, address_form, preferred_channel, best_time, birthday, note, custom, origin, created_at, updated_at)
      select ${tx.workspaceId}, id, name, "nameIsStandIn", "firstName", "lastName", "middleName", stage, "ownerId", locale,
        "timeZone", city, "addressForm", "preferredChannel", "bestTime", birthday, note, defaults.custom || card.custom, origin,
        "createdAt", "createdAt"
      from card, defaults
    ), first_line as (
      insert into customers.timeline (workspace_id, person_id, at, kind, data)
      select ${tx.workspaceId}, id, "createdAt", 'customers.person_created', jsonb_build_object('origin', origin) || "openedBy"
      from card
    ), identity as (
      insert into customers.identities (workspace_id, person_id, kind, scope, value, proven, evidence, first_seen_at, last_seen_at)
      select ${tx.workspaceId}, card.id, key.kind, key.scope, key.value, key.proven, jsonb_build_array(card.evidence), "createdAt", "createdAt"
      from card, jsonb_to_recordset(card.keys) as key (kind text, scope text, value text, proven boolean)
    )
    select custom from defaults`).execute(tx.db)
  return rows[0]?.custom ?? {}
}

/** A person as shown: `askedId` may be a card that was joined to the one with `id`. */
export async function findSummaries(tx: Tx, ids: readonly string[]): Promise<(PersonSummary & { askedId: string })[]> {
  if (ids.length === 0) return []
  const { rows } = await keepPlan(sql<PersonSummary & { askedId: string }>`
    select asked.id as "askedId", coalesce(shown.id, asked.id) as id, coalesce(shown.name, asked.name) as name,
      coalesce(shown.stage, asked.stage) as stage, case when shown.id is null then asked.owner_id else shown.owner_id end as "ownerId",
      coalesce(asked.restricted_at, asked.erased_at) is not null as "isRestricted"
    from customers.people asked
    left join customers.people shown on shown.workspace_id = asked.workspace_id and shown.id = asked.shown_as
    where asked.workspace_id = ${tx.workspaceId} and asked.id = ${anyOf(ids)}`).execute(tx.db)
  return rows
}

/** Those of these cards that are shown and not erased; nobody changes or removes them until the transaction ends. */
export async function holdShownPeople(tx: Tx, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await tx.db
    .selectFrom('customers.people')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .where('shown_as', 'is', null)
    .where('erased_at', 'is', null)
    .orderBy('id')
    .forShare()
    .execute()
  return rows.map(({ id }) => id)
}

/** What shown people are found by: also by the names and addresses of those who were joined to them, and what was noted about these. */
export async function findSearchable(tx: Tx, ids: readonly string[]) {
  if (ids.length === 0) return []
  const members = sql`array(select p.id union all
    select hidden.id from customers.people hidden where hidden.workspace_id = p.workspace_id and hidden.shown_as = p.id)`
  const { rows } = await keepPlan(sql<{
    id: string
    name: string
    parts: string[]
    note: string
    notes: string[]
    city: string | null
    custom: Custom
    createdAt: Date
    shownAs: string | null
    addresses: string[]
  }>`
    select p.id, p.name, p.note, array(select n.text from customers.notes n where n.workspace_id = p.workspace_id and n.person_id = any(${members})
        order by n.created_at desc limit 100) as notes, array_remove(array[p.last_name, p.first_name, p.middle_name], null) || array(
        select hidden.name from customers.people hidden where hidden.workspace_id = p.workspace_id and hidden.shown_as = p.id) as parts,
      p.city, p.custom,
      p.created_at as "createdAt", p.shown_as as "shownAs",
      array(select i.value from customers.identities i
        where i.workspace_id = p.workspace_id and i.kind in ('email', 'phone', 'external')
          and i.person_id = any(${members})
        order by i.proven desc, i.first_seen_at, i.id) as addresses
    from customers.people p where p.workspace_id = ${tx.workspaceId} and p.id = ${anyOf(ids)}`).execute(tx.db)
  return rows
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
