import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import { keepPlan, texts } from '#platform/server/kept-plans'
import { type Evidence, type IdentityKey, type IdentityKind, inLockOrder } from './identity.ts'

/** A known identity with its holder; name and owner are those of the card under which the holder is shown. */
export interface Match extends IdentityKey {
  /** Null for one that is about to be stored. */
  id: string | null
  kind: IdentityKind
  proven: boolean
  lastSeenAt: Date
  personId: string
  name: string
  nameIsStandIn: boolean
  ownerId: string | null
  /** Nothing may be added to the card. */
  isRestricted: boolean
}

const asRows = (keys: readonly IdentityKey[]) => sql`unnest(
  ${texts(keys.map((key) => key.kind))}, ${texts(keys.map((key) => key.scope))},
  ${texts(keys.map((key) => key.value))}
) as wanted (kind, scope, value)`

/** Who is proven to hold these keys, and what the same people have of them as mere claims. */
export async function findMatches(tx: Tx, keys: readonly IdentityKey[]): Promise<Match[]> {
  const { rows } = await keepPlan(sql<Match>`
    with wanted as materialized (select * from ${asRows(keys)}),
    -- At most one holds a proven key: one look into the index for each, where a join may be planned as a scan.
    proven as materialized (
      select i.* from (select distinct kind, scope, value from wanted) key cross join lateral (
        select * from customers.identities i
        where i.workspace_id = ${tx.workspaceId} and i.kind = key.kind and i.scope = key.scope and i.value = key.value and i.proven
        limit 1
      ) i
    ), claimed as (
      select i.* from (select distinct person_id from proven) holder
        cross join wanted
        join customers.identities i using (kind, scope, value, person_id)
      where i.workspace_id = ${tx.workspaceId} and not i.proven
    )
    select i.id, i.kind, i.scope, i.value, i.proven, i.last_seen_at as "lastSeenAt", i.person_id as "personId",
      coalesce(shown.name, p.name) as name, p.name_is_stand_in as "nameIsStandIn",
      case when shown.id is null then p.owner_id else shown.owner_id end as "ownerId", p.restricted_at is not null as "isRestricted"
    from (select * from proven union all select * from claimed) i
    join customers.people p on p.workspace_id = i.workspace_id and p.id = i.person_id
    left join customers.people shown on shown.workspace_id = p.workspace_id and shown.id = p.shown_as`).execute(tx.db)
  return rows
}

/**
 * Makes transactions that want to write any of these keys wait for each other until they end. Read again afterwards: a statement sees
 * what was committed before it began.
 */
export async function lockIdentities(tx: Tx, keys: readonly IdentityKey[]): Promise<void> {
  if (keys.length === 0) return
  const names = inLockOrder(keys).map((key) => `${tx.workspaceId}\n${key}`)
  await keepPlan(
    sql`select pg_advisory_xact_lock(hashtextextended(name, 0)) from unnest(${texts(names)}) as name`,
  ).execute(tx.db)
}

/** Adds identities to a person, or strengthens a claim that the person already has. Lock the keys first. */
export async function saveIdentities(
  tx: Tx,
  of: { personId: string; keys: readonly IdentityKey[]; proven: boolean; evidence: Evidence; at: Date },
): Promise<void> {
  if (of.keys.length === 0) return
  await sql`
    insert into customers.identities as known (workspace_id, person_id, kind, scope, value, proven, evidence, first_seen_at, last_seen_at)
    select ${tx.workspaceId}, ${of.personId}::uuid, kind, scope, value, ${of.proven}::boolean,
      ${JSON.stringify([of.evidence])}::jsonb, ${of.at}::timestamptz, ${of.at}::timestamptz
    from ${asRows(of.keys)}
    on conflict (workspace_id, kind, scope, value, person_id) do update set
      proven = true,
      evidence = known.evidence || excluded.evidence,
      last_seen_at = greatest(known.last_seen_at, excluded.last_seen_at)
    where excluded.proven and not known.proven`.execute(tx.db)
}

/** Remembers that identities were used again. */
export async function touchIdentities(tx: Tx, ids: readonly string[], at: Date): Promise<void> {
  if (ids.length === 0) return
  await tx.db
    .updateTable('customers.identities')
    .set({ last_seen_at: at })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', 'in', ids)
    .where('last_seen_at', '<', at)
    .execute()
}

/** A value that more cards than this have in common (`test@test.ru`) says nothing about any two of them. */
const MAX_ALIKE = 50

/**
 * Notes for each of these people every other card with one of their keys, proven or claimed, as "maybe the same" with the reason. A pair
 * that was dismissed opens again only for a new reason, and is never joined by itself. `proven` = identities of others that the channel saw in this person's hand. What several
 * people use makes nobody alike.
 */
export async function linkAlike(
  tx: Tx,
  holdings: readonly { personId: string; keys: readonly IdentityKey[]; proven?: readonly IdentityKey[] }[],
): Promise<void> {
  const rows = holdings.flatMap(({ personId, keys, proven = [] }) => [
    ...keys.map((key) => ({ personId, ...key, isProven: false })),
    ...proven.map((key) => ({ personId, ...key, isProven: true })),
  ])
  if (rows.length === 0) return
  await keepPlan(sql`
    insert into customers.likenesses as known (workspace_id, person_id, other_id, reasons)
    select ${tx.workspaceId}, least(other.person_id, wanted."personId"), greatest(other.person_id, wanted."personId"),
      jsonb_agg(distinct jsonb_build_object('kind', wanted.kind, 'value', wanted.value)
        || case when wanted."isProven" then '{"proven": true}'::jsonb else '{}' end)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as wanted ("personId" uuid, kind text, scope text, value text, "isProven" boolean)
    cross join lateral (
      select i.person_id from customers.identities i
      where i.workspace_id = ${tx.workspaceId} and i.kind = wanted.kind and i.scope = wanted.scope and i.value = wanted.value and i.proven and not i.shared
      union
      (select i.person_id from customers.identities i
      where i.workspace_id = ${tx.workspaceId} and i.kind = wanted.kind and i.scope = wanted.scope and i.value = wanted.value and not i.shared
      order by i.person_id desc limit ${MAX_ALIKE})
    ) other
    where other.person_id <> wanted."personId"
    group by 2, 3 order by 2, 3
    on conflict (workspace_id, person_id, other_id) do update set
      reasons = (select jsonb_agg(distinct reason) from jsonb_array_elements(known.reasons || excluded.reasons) reason),
      state = case known.state when 'merged' then 'merged' else 'open' end, verdict = null,
      decided_at = case known.state when 'dismissed' then coalesce(known.decided_at, now()) else known.decided_at end
    where not known.reasons @> excluded.reasons`).execute(tx.db)
}

/** Removes one identity of a card and the likenesses that rested on it alone. */
export async function deleteIdentity(tx: Tx, personId: string, id: string): Promise<IdentityKey | undefined> {
  const removed = await tx.db
    .deleteFrom('customers.identities')
    .where('workspace_id', '=', tx.workspaceId)
    .where('person_id', '=', personId)
    .where('id', '=', id)
    .returning(['kind', 'scope', 'value'])
    .executeTakeFirst()
  if (removed) await forgetReason(tx, personId, removed)
  return removed
}

/** A card does not hold this any more: it makes no pairs of it. What somebody decided about a pair stays. */
export async function forgetReason(tx: Tx, personId: string, { kind, value }: IdentityKey): Promise<void> {
  const reason = JSON.stringify([{ kind, value }])
  const { rows } = await sql<{ otherId: string }>`
    update customers.likenesses set reasons = (
      select coalesce(jsonb_agg(reason), '[]') from jsonb_array_elements(reasons) reason where not jsonb_build_array(reason) @> ${reason}::jsonb
    )
    where workspace_id = ${tx.workspaceId} and (person_id = ${personId} or other_id = ${personId}) and reasons @> ${reason}::jsonb
    returning case person_id when ${personId} then other_id else person_id end as "otherId"`.execute(tx.db)
  await sql`
    delete from customers.likenesses
    where workspace_id = ${tx.workspaceId} and state = 'open' and reasons = '[]'
      and (person_id = ${personId} and other_id = any(${rows.map(({ otherId }) => otherId)}::uuid[])
        or other_id = ${personId} and person_id = any(${rows.map(({ otherId }) => otherId)}::uuid[]))`.execute(tx.db)
}

/** Who is proven to hold a key, and which of these cards only claims it. */
export async function findStanding(
  tx: Tx,
  { kind, scope, value }: IdentityKey,
  cards: readonly string[],
): Promise<{ holderId: string | null; claimantId: string | null }> {
  const rows = await tx.db
    .selectFrom('customers.identities')
    .select(['person_id', 'proven'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('kind', '=', kind)
    .where('scope', '=', scope)
    .where('value', '=', value)
    .where((is) => is.or([is('proven', '=', true), is('person_id', 'in', cards)]))
    .orderBy('first_seen_at')
    .execute()
  return {
    holderId: rows.find(({ proven }) => proven)?.person_id ?? null,
    claimantId: rows.find(({ proven }) => !proven)?.person_id ?? null,
  }
}
