import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import { keepPlan } from '#platform/server/kept-plans'
import type { Merge } from '../../contract/identity.ts'
import type { PairEvidence } from '../../contract/people.ts'
import { personColumns } from '../people.queries.ts'
import { asWritten } from './as-written.ts'
import type { Link } from './come-apart.ts'
import type { Card, Taken } from './survivorship.ts'

/** The card under which a person is shown: itself unless it was joined to another. Undefined when there is no such person. */
export async function findShownId(tx: Tx, id: string): Promise<string | undefined> {
  const row = await tx.db
    .selectFrom('customers.people')
    .select((is) => is.fn.coalesce('shown_as', 'id').as('shownId'))
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.shownId
}

/** The card under which a person is shown, with all cards that are shown as it, itself first. Undefined when there is no such person. */
export async function findShown(tx: Tx, id: string): Promise<{ id: string; members: string[] } | undefined> {
  const { rows } = await keepPlan(sql<{ id: string; members: string[] }>`
    select shown.id, array(select shown.id union all select hidden.id from customers.people hidden
      where hidden.workspace_id = ${tx.workspaceId} and hidden.shown_as = shown.id) as members
    from (select coalesce(shown_as, id) as id from customers.people where workspace_id = ${tx.workspaceId} and id = ${id}) shown`).execute(
    tx.db,
  )
  return rows[0]
}

/** All cards that are shown as this one, itself included. */
export async function findMembers(tx: Tx, id: string): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('customers.people')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where((is) => is.or([is('id', '=', id), is('shown_as', '=', id)]))
    .orderBy('id')
    .execute()
  return rows.map((row) => row.id)
}

/** Cards with what they are shown as, locked in one order against other merges and changes until the transaction ends. */
export async function lockCards(
  tx: Tx,
  ids: readonly string[],
): Promise<Map<string, Card & { shownAs: string | null }>> {
  const rows = await tx.db
    .selectFrom('customers.people')
    .select(['id', 'shown_as as shownAs', ...personColumns])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', 'in', ids)
    .orderBy('id')
    .forUpdate()
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** Shows these cards and all that are shown as one of them under another; null = each by itself. */
export const showAs = (tx: Tx, ids: readonly string[], shownAs: string | null) =>
  sql`update customers.people set shown_as = ${shownAs}::uuid
    where workspace_id = ${tx.workspaceId} and id = any(${ids}::uuid[])`.execute(tx.db)

/**
 * The card under which a person is shown, locked: until the transaction ends nobody joins it to another, joins another to it or takes it apart.
 * Undefined when there is no such person.
 */
export async function lockShown(tx: Tx, askedId: string): Promise<Card | undefined> {
  // Waiting for the lock, the card may have been joined to another, or the one asked for may have left it.
  for (;;) {
    const id = await findShownId(tx, askedId)
    const card = id ? (await lockCards(tx, [id])).get(id) : undefined
    if (!card) return undefined
    if (card.shownAs === null && (id === askedId || (await findShownId(tx, askedId)) === id)) return card
  }
}

/** The card under which a person is shown, with all that are shown as it, locked: the shown one first, by which everybody begins. */
export async function lockPerson(
  tx: Tx,
  askedId: string,
): Promise<{ id: string; cards: Map<string, Card> } | undefined> {
  const shown = await lockShown(tx, askedId)
  return shown && { id: shown.id, cards: await lockCards(tx, await findMembers(tx, shown.id)) }
}

export async function insertMerge(
  tx: Tx,
  merge: {
    keptId: string
    hiddenId: string
    taken: Taken
    evidence: readonly PairEvidence[]
    operatorId: string | null
    operatorName: string
    at: Date
  },
): Promise<string> {
  const { id } = await tx.db
    .insertInto('customers.merges')
    .values({
      workspace_id: tx.workspaceId,
      kept_id: merge.keptId,
      hidden_id: merge.hiddenId,
      taken: JSON.stringify(merge.taken),
      evidence: JSON.stringify(merge.evidence),
      operator_id: merge.operatorId,
      operator_name: merge.operatorName,
      merged_at: merge.at,
      undone_at: null,
      undone_by: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Every active merge that joins cards of one shown person, in the order in which they were made. */
export async function findLinks(tx: Tx, members: readonly string[]): Promise<Link[]> {
  return (
    tx.db
      .selectFrom('customers.merges')
      .select(['id', 'kept_id as keptId', 'hidden_id as hiddenId', 'taken'])
      .where('workspace_id', '=', tx.workspaceId)
      .where('hidden_id', 'in', members)
      .where('undone_at', 'is', null)
      // Ids are given out in that order; clocks of several machines may differ.
      .orderBy('id')
      .execute()
  )
}

export const saveTaken = (tx: Tx, id: string, taken: Taken) =>
  tx.db
    .updateTable('customers.merges')
    .set({ taken: JSON.stringify(taken) })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .execute()

export const endMerge = (tx: Tx, id: string, by: string, at: Date) =>
  tx.db
    .updateTable('customers.merges')
    .set({ undone_at: at, undone_by: by })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .execute()

/** Merges that a shown person is made of, and those that were undone, newest first; or the one by its id. */
export async function findMerges(tx: Tx, of: { members: readonly string[] } | { id: string }): Promise<Merge[]> {
  const wanted =
    'id' in of
      ? sql`m.id = ${of.id}`
      : sql`(m.hidden_id = any(${of.members}::uuid[]) or m.kept_id = any(${of.members}::uuid[]))`
  const { rows } = await sql<Merge>`
    select m.id, m.kept_id as "keptId", kept.name as "keptName", m.hidden_id as "hiddenId", hidden.name as "hiddenName", m.evidence,
      m.taken - 'nameIsStandIn' as taken, m.operator_name as "operatorName", m.operator_id is null as "isAutomatic", m.merged_at as "mergedAt",
      m.undone_at as "undoneAt", m.undone_by as "undoneBy"
    from customers.merges m
    join customers.people kept on kept.workspace_id = m.workspace_id and kept.id = m.kept_id
    join customers.people hidden on hidden.workspace_id = m.workspace_id and hidden.id = m.hidden_id
    where m.workspace_id = ${tx.workspaceId} and ${wanted}
    order by m.merged_at desc, m.id desc limit 100`.execute(tx.db)
  return rows.map((merge) => ({ ...merge, evidence: asWritten(merge.evidence, [merge.keptName, merge.hiddenName]) }))
}

/** What was found out about a pair. */
export async function findPair(tx: Tx, one: string, other: string) {
  const [personId, otherId] = one < other ? [one, other] : [other, one]
  return tx.db
    .selectFrom('customers.likenesses')
    .select(['person_id as personId', 'other_id as otherId', 'evidence', 'state', 'rule'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('person_id', '=', personId)
    .where('other_id', '=', otherId)
    .executeTakeFirst()
}

/** Remembers what was decided about a pair, also about one that nobody had suggested. */
export async function savePairState(
  tx: Tx,
  one: string,
  other: string,
  state: 'merged' | 'dismissed',
  at: Date,
): Promise<void> {
  const [personId, otherId] = one < other ? [one, other] : [other, one]
  await sql`
    insert into customers.likenesses (workspace_id, person_id, other_id, reasons, state, decided_at)
    values (${tx.workspaceId}, ${personId}, ${otherId}, '[]', ${state}, ${at})
    on conflict (workspace_id, person_id, other_id) do update set state = excluded.state, decided_at = excluded.decided_at`.execute(
    tx.db,
  )
}
