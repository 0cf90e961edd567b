import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { MatchingSettings, RuleStanding, Trial } from '../../contract/identity.ts'
import type { PairEvidence } from '../../contract/people.ts'

export interface WeighedPair {
  /** The smaller id first. */
  readonly personId: string
  readonly otherId: string
  readonly bits: number
  readonly probability: number
  readonly evidence: readonly PairEvidence[]
  readonly rule: string
  readonly verdict: 'auto' | 'review' | 'no'
}

/**
 * Stores what was weighed. Pairs that are not to be shown are stored only where the pair was suggested before, so that the suggestion goes away; what
 * a human decided stays decided. Resolves to the number of pairs now waiting that were not there before.
 */
export async function savePairs(tx: Tx, pairs: readonly WeighedPair[]): Promise<number> {
  if (pairs.length === 0) return 0
  const { rows } = await sql<{ found: number }>`
    with given as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as given (
        "personId" uuid, "otherId" uuid, bits real, probability real, evidence jsonb, rule text, verdict text)
    ), saved as (
      insert into customers.likenesses as known (workspace_id, person_id, other_id, reasons, bits, probability, evidence, rule, verdict)
      select ${tx.workspaceId}, "personId", "otherId", '[]', given.bits, given.probability, given.evidence, given.rule, given.verdict
      from given
      -- A join, not "or exists": that would read every suggestion there is.
      left join customers.likenesses old
        on old.workspace_id = ${tx.workspaceId} and old.person_id = given."personId" and old.other_id = given."otherId"
      where given.verdict <> 'no' or old.person_id is not null
      order by "personId", "otherId"
      on conflict (workspace_id, person_id, other_id) do update set bits = excluded.bits, probability = excluded.probability,
        evidence = excluded.evidence, rule = excluded.rule, verdict = excluded.verdict
      where known.state = 'open' and known.rule is distinct from 'sender' and (known.probability is distinct from excluded.probability or known.verdict is distinct from excluded.verdict)
      returning (xmax = 0) as is_new, verdict
    )
    select count(*) filter (where is_new and verdict <> 'no')::int as found from saved`.execute(tx.db)
  return rows[0]?.found ?? 0
}

/** Suggested pairs of two shown cards that nobody has weighed yet. `proof` = the identity that one sender proved together with the other's. */
export async function findUnweighed(
  tx: Tx,
  limit: number,
): Promise<{ personId: string; otherId: string; proof: string | null }[]> {
  const { rows } = await sql<{ personId: string; otherId: string; proof: string | null }>`
    select l.person_id as "personId", l.other_id as "otherId",
      (select reason ->> 'value' from jsonb_array_elements(l.reasons) reason where reason ? 'proven' limit 1) as proof
    from customers.likenesses l
    join customers.people a on a.workspace_id = l.workspace_id and a.id = l.person_id and a.shown_as is null
    join customers.people b on b.workspace_id = l.workspace_id and b.id = l.other_id and b.shown_as is null
    where l.workspace_id = ${tx.workspaceId} and l.state = 'open' and l.verdict is null
    order by l.person_id, l.other_id limit ${limit}`.execute(tx.db)
  return rows
}

/**
 * Pairs to be joined without asking, or this one of them, locked: both cards still shown and in use, nobody has decided. What somebody said of any
 * two cards that are shown as these counts: who was called two people is never joined by itself.
 */
export async function findAutomatic(
  tx: Tx,
  of: { limit: number } | { personId: string; otherId: string },
): Promise<{ personId: string; otherId: string }[]> {
  const isOne = 'personId' in of
  const cards = (shown: RawBuilder<unknown>) => sql`(array(select hidden.id from customers.people hidden
    where hidden.workspace_id = ${tx.workspaceId} and hidden.shown_as = ${shown}) || ${shown})`
  const { rows } = await sql<{ personId: string; otherId: string }>`
    select l.person_id as "personId", l.other_id as "otherId" from customers.likenesses l
    join customers.people a on a.workspace_id = l.workspace_id and a.id = l.person_id and a.shown_as is null
      and a.restricted_at is null and a.erased_at is null
    join customers.people b on b.workspace_id = l.workspace_id and b.id = l.other_id and b.shown_as is null
      and b.restricted_at is null and b.erased_at is null
    cross join lateral (select ${cards(sql`l.person_id`)} as one, ${cards(sql`l.other_id`)} as other) side
    where l.workspace_id = ${tx.workspaceId} and l.state = 'open' and l.verdict in ('auto', 'review') and l.verdict = 'auto'
      and l.decided_at is null
      ${isOne ? sql`and l.person_id = ${of.personId} and l.other_id = ${of.otherId}` : sql``}
      and not exists (select from customers.likenesses two where two.workspace_id = l.workspace_id and two.state = 'dismissed'
        and (two.person_id = any(side.one) and two.other_id = any(side.other) or two.person_id = any(side.other) and two.other_id = any(side.one)))
    order by l.probability desc, l.person_id, l.other_id limit ${isOne ? 1 : of.limit}
    ${isOne ? sql`for update of l` : sql``}`.execute(tx.db)
  return rows
}

export interface OpenPair {
  readonly personId: string
  readonly otherId: string
  readonly probability: number | null
  readonly bits: number | null
  readonly evidence: PairEvidence[]
  readonly reasons: { kind: string; value: string }[]
  readonly rule: string | null
  readonly foundAt: Date
}

/** Where a page of pairs ends. */
export interface PairPlace {
  readonly probability: number
  readonly personId: string
  readonly otherId: string
}

/** Pairs that wait for a decision, likeliest first; of one card also those that are not weighed yet, as the least likely. */
export async function listPairs(
  tx: Tx,
  of: { personId?: string | undefined; rule?: string | undefined; limit: number; after: PairPlace | null },
): Promise<OpenPair[]> {
  const { personId, rule, limit, after } = of
  // In the queue every pair is weighed: its order is that of an index.
  const probability = personId ? sql`coalesce(l.probability, 0)` : sql`l.probability`
  const { rows } = await sql<OpenPair>`
    select l.person_id as "personId", l.other_id as "otherId", l.probability, l.bits, l.evidence, l.reasons, l.rule, l.found_at as "foundAt"
    from customers.likenesses l
    join customers.people a on a.workspace_id = l.workspace_id and a.id = l.person_id and a.shown_as is null
    join customers.people b on b.workspace_id = l.workspace_id and b.id = l.other_id and b.shown_as is null
    where l.workspace_id = ${tx.workspaceId} and l.state = 'open'
      ${personId ? sql`and l.verdict is distinct from 'no' and (l.person_id = ${personId} or l.other_id = ${personId})` : sql`and l.verdict in ('auto', 'review')`}
      ${rule ? sql`and l.rule = ${rule}` : sql``}
      ${
        after
          ? sql`and ${probability} <= ${after.probability}::real
            and (${probability} < ${after.probability}::real or (l.person_id, l.other_id) > (${after.personId}::uuid, ${after.otherId}::uuid))`
          : sql``
      }
    order by ${probability} desc, l.person_id, l.other_id limit ${limit}`.execute(tx.db)
  return rows
}

/** What people made of each rule's suggestions. */
export async function countRules(tx: Tx): Promise<RuleStanding[]> {
  const { rows } = await sql<RuleStanding>`
    select rule, count(*) filter (where state = 'open' and verdict in ('auto', 'review'))::int as open,
      count(*) filter (where state = 'merged')::int as merged, count(*) filter (where state = 'dismissed')::int as dismissed,
      count(*) filter (where state = 'merged')::float / nullif(count(*) filter (where state in ('merged', 'dismissed')), 0) as precision
    from customers.likenesses where workspace_id = ${tx.workspaceId} and rule is not null
    group by rule order by 2 desc, 3 desc, 1 limit 100`.execute(tx.db)
  return rows
}

/** Into which piles thresholds would put weighed pairs: those that people decided, and those that wait. */
export async function tryThresholds(tx: Tx, { auto, review }: { auto: number; review: number }): Promise<Trial> {
  const pile = (within: RawBuilder<unknown>) => sql`json_build_object(
    'merged', count(*) filter (where ${within} and state = 'merged' and not by_itself),
    'dismissed', count(*) filter (where ${within} and state = 'dismissed'),
    'open', count(*) filter (where ${within} and state = 'open'))`
  const { rows } = await sql<Trial>`
    select ${pile(sql`probability >= ${auto}`)} as auto,
      ${pile(sql`probability >= ${review} and probability < ${auto}`)} as review,
      ${pile(sql`probability < ${review}`)} as no
    from (
      select probability, state, state = 'merged' and exists (
          select from customers.merges m where m.workspace_id = l.workspace_id and m.operator_id is null and m.undone_at is null
            and (m.kept_id, m.hidden_id) in ((l.person_id, l.other_id), (l.other_id, l.person_id))) as by_itself
      from customers.likenesses l where workspace_id = ${tx.workspaceId} and probability is not null
    ) pair`.execute(tx.db)
  return rows[0] ?? { auto: NONE, review: NONE, no: NONE }
}
const NONE = { merged: 0, dismissed: 0, open: 0 }

/** Judges weighed pairs anew by other settings; what waits to be weighed is judged then. */
export async function judgeAnew(tx: Tx, { auto, review, joinsByItself }: MatchingSettings): Promise<void> {
  const verdict = sql`case when probability < ${review} then 'no'
    when ${joinsByItself}::boolean and verdict = 'auto' and probability >= ${auto} then 'auto' else 'review' end`
  await sql`
    update customers.likenesses set verdict = ${verdict}
    where workspace_id = ${tx.workspaceId} and state = 'open' and probability is not null and verdict <> ${verdict}`.execute(
    tx.db,
  )
}

/** Says of every pair that these two are: two people. False when nothing was known of them. */
export async function dismissPairs(
  tx: Tx,
  one: readonly string[],
  other: readonly string[],
  at: Date,
): Promise<boolean> {
  const [a, b] = [sql`any(${one}::uuid[])`, sql`any(${other}::uuid[])`]
  const { numAffectedRows } = await sql`
    update customers.likenesses set state = 'dismissed', decided_at = ${at}
    where workspace_id = ${tx.workspaceId} and state <> 'merged'
      and (person_id = ${a} and other_id = ${b} or person_id = ${b} and other_id = ${a})`.execute(tx.db)
  return (numAffectedRows ?? 0n) > 0n
}
