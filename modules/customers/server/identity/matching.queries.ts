import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { Profile } from './match/profile.ts'
import type { CardFacts } from './profile-of.ts'

/** What shown cards tell, those joined to them included. Ids of hidden, restricted, erased or unknown cards are left out. */
export async function findFacts(tx: Tx, ids: readonly string[]): Promise<CardFacts[]> {
  const { rows } = await sql<CardFacts>`
    select p.id, p.name, p.name_is_stand_in as "nameIsStandIn", p.first_name as "firstName", p.last_name as "lastName",
      p.middle_name as "middleName", p.city, p.birthday, p.custom,
      (select coalesce(json_agg(json_build_object('kind', i.kind, 'scope', i.scope, 'value', i.value, 'proven', i.proven, 'shared', i.shared,
          'sources', (select coalesce(json_agg(e ->> 'source'), '[]') from jsonb_array_elements(i.evidence) e))), '[]')
        from customers.identities i where i.workspace_id = p.workspace_id and i.kind in ('email', 'phone', 'external') and i.person_id = any(members.ids)
      ) as identities,
      array(select c.name from customers.employments e join customers.companies c on c.workspace_id = e.workspace_id and c.id = e.company_id
        where e.workspace_id = p.workspace_id and e.person_id = any(members.ids)) as companies
    from customers.people p
    cross join lateral (select array(select p.id union all
      select h.id from customers.people h where h.workspace_id = p.workspace_id and h.shown_as = p.id) as ids) members
    where p.workspace_id = ${tx.workspaceId} and p.id = any(${ids}::uuid[]) and p.shown_as is null
      and p.restricted_at is null and p.erased_at is null`.execute(tx.db)
  return rows
}

export interface MatchCard {
  readonly personId: string
  readonly profile: Profile
  readonly keys: readonly number[]
}

/** Replaces what these cards are found and compared by; those of `gone` are not compared any more. One statement. */
export async function saveMatchCards(tx: Tx, cards: readonly MatchCard[], gone: readonly string[]): Promise<void> {
  await sql`
    with given as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(cards)}::jsonb) as given ("personId" uuid, profile jsonb, keys bigint[])
    ), wanted as materialized (
      select "personId" as person_id, key from given cross join lateral unnest(keys) as key
    ), former as materialized (
      select c.person_id, key from customers.match_cards c cross join lateral unnest(c.keys) as key
      where c.workspace_id = ${tx.workspaceId} and c.person_id = any(${[...cards.map(({ personId }) => personId), ...gone]}::uuid[])
    ), less as (
      delete from customers.match_keys k using (select * from former except select * from wanted) old
      where k.workspace_id = ${tx.workspaceId} and k.key = old.key and k.person_id = old.person_id
    ), more as (
      insert into customers.match_keys (workspace_id, key, person_id)
      select ${tx.workspaceId}, key, person_id from (select * from wanted except select * from former) new order by key, person_id
      on conflict do nothing
    ), forgotten as (
      delete from customers.match_cards where workspace_id = ${tx.workspaceId} and person_id = any(${gone}::uuid[])
    )
    insert into customers.match_cards (workspace_id, person_id, profile, keys)
    select ${tx.workspaceId}, "personId", profile, keys from given order by "personId"
    on conflict (workspace_id, person_id) do update set profile = excluded.profile, keys = excluded.keys`.execute(tx.db)
}

/** A key that more cards have in common finds nothing: comparing them all would cost more than it tells. */
export const MAX_BLOCK = 100

export interface Met {
  readonly personId: string
  readonly otherId: string
  readonly profile: Profile
}

/**
 * Every card that has a key in common with one of these, or was suggested with one before, with what it is compared by: what made two cards alike may
 * be what has changed.
 */
export async function findMet(tx: Tx, ids: readonly string[]): Promise<Met[]> {
  const { rows } = await sql<Met>`
    with met as materialized (
      select c.person_id, other_id
      from customers.match_cards c cross join lateral unnest(c.keys) as wanted (key)
      cross join lateral (
        select array_agg(person_id) as ids from (
          select k.person_id from customers.match_keys k where k.workspace_id = ${tx.workspaceId} and k.key = wanted.key limit ${MAX_BLOCK + 1}
        ) block having count(*) between 2 and ${MAX_BLOCK}
      ) block cross join lateral unnest(block.ids) as other_id
      where c.workspace_id = ${tx.workspaceId} and c.person_id = any(${ids}::uuid[]) and other_id <> c.person_id
      union
      select person_id, other_id from customers.likenesses
      where workspace_id = ${tx.workspaceId} and person_id = any(${ids}::uuid[]) and state = 'open' and verdict in ('auto', 'review')
      union
      select other_id, person_id from customers.likenesses
      where workspace_id = ${tx.workspaceId} and other_id = any(${ids}::uuid[]) and state = 'open' and verdict in ('auto', 'review')
    )
    select met.person_id as "personId", met.other_id as "otherId", o.profile
    from met join customers.match_cards o on o.workspace_id = ${tx.workspaceId} and o.person_id = met.other_id`.execute(
    tx.db,
  )
  return rows
}

/** What these cards are compared by. */
export async function findProfiles(tx: Tx, ids: readonly string[]): Promise<Map<string, Profile>> {
  const { rows } = await sql<{ personId: string; profile: Profile }>`
    select person_id as "personId", profile from customers.match_cards
    where workspace_id = ${tx.workspaceId} and person_id = any(${ids}::uuid[])`.execute(tx.db)
  return new Map(rows.map(({ personId, profile }) => [personId, profile]))
}

export interface Block {
  readonly key: number
  readonly ids: readonly string[]
}

/** The next blocks behind `after`, of about `keys` keys; `end` = where to go on, null behind the last one. */
export async function readBlocks(
  tx: Tx,
  after: number,
  keys: number,
): Promise<{ blocks: Block[]; end: number | null }> {
  const { rows: ends } = await sql<{ key: number }>`
    select key from customers.match_keys where workspace_id = ${tx.workspaceId} and key > ${after}
    order by key offset ${keys} limit 1`.execute(tx.db)
  const end = ends[0]?.key ?? null
  const { rows } = await sql<Block>`
    select key, array_agg(person_id) as ids from customers.match_keys
    where workspace_id = ${tx.workspaceId} and key > ${after} ${end === null ? sql`` : sql`and key <= ${end}`}
    group by key having count(*) between 2 and ${MAX_BLOCK}`.execute(tx.db)
  return { blocks: rows, end }
}

/** The next shown people by id that are not prepared for comparing yet. */
export async function findUnprepared(tx: Tx, after: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select p.id from customers.people p
    where p.workspace_id = ${tx.workspaceId} and p.id > ${after} and p.shown_as is null
      and not exists (select from customers.match_cards c where c.workspace_id = p.workspace_id and c.person_id = p.id)
    order by p.id limit ${limit}`.execute(tx.db)
  return rows.map(({ id }) => id)
}

export async function countMatchCards(tx: Tx): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from customers.match_cards where workspace_id = ${tx.workspaceId}`.execute(tx.db)
  return rows[0]?.count ?? 0
}

/** About `wanted` cards picked by chance out of `count`. */
export async function sampleProfiles(tx: Tx, wanted: number, count: number): Promise<Profile[]> {
  const percent = Math.min(100, (wanted / Math.max(1, count)) * 100)
  const { rows } = await sql<{ profile: Profile }>`
    select profile from customers.match_cards tablesample bernoulli (${sql.lit(percent)}) repeatable (1)
    where workspace_id = ${tx.workspaceId}`.execute(tx.db)
  return rows.map(({ profile }) => profile)
}
