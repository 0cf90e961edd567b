import { type Expression, type RawBuilder, sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import { wayToPage } from '#platform/server/expected-cost'
import { keepPlan } from '#platform/server/kept-plans'
import type { Actor } from '#platform/shared/actor'
import type { ConversationQuery, ViewCounts } from '../contract/index.ts'
import { conversationColumns } from './conversation.queries.ts'
import type { ConversationState } from './conversation.ts'
import { visibleTo } from './visible.queries.ts'

export interface Listing {
  readonly actor: Actor
  readonly view: ConversationQuery['view']
  /** What the list is narrowed to, over the row `c`. */
  readonly filter: (row: RawBuilder<unknown>) => RawBuilder<boolean>
  /** The filter leaves something out. */
  readonly isNarrowed: boolean
  /** Only these conversations: what a search found. */
  readonly ids?: readonly string[] | undefined
  readonly now: Date
}

/** Due within so many minutes counts as at risk: time enough to read and answer. */
export const AT_RISK_MINUTES = 15
const riskBorder = (now: Date) => new Date(now.getTime() + AT_RISK_MINUTES * 60_000)

/** Conversations in which somebody waits for us, most urgent first. */
export async function listDue(
  tx: Tx,
  listing: Listing,
  page: { after: { dueAt: Date; id: string } | undefined; limit: number },
): Promise<ConversationState[]> {
  const { after, limit } = page
  const statement = matching(tx, listing)
    .where('due_at', 'is not', null)
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(due_at, id) > (${after?.dueAt}, ${after?.id}::uuid)`),
    )
    .orderBy('due_at')
    .orderBy('id')
    .limit(limit)
  return run(tx, listing, statement)
}

/** Conversations by their last word, newest first. `quiet` = only those in which nobody waits for us and that are not closed. */
export async function listRecent(
  tx: Tx,
  listing: Listing,
  page: { after: { lastMessageAt: Date; id: string } | undefined; limit: number; quiet: boolean },
): Promise<ConversationState[]> {
  const { after, limit, quiet } = page
  const fitting = matching(tx, listing)
    .$if(quiet, (query) => query.where('due_at', 'is', null).where('status', '<>', 'closed'))
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(last_message_at, id) < (${after?.lastMessageAt}, ${after?.id}::uuid)`),
    )
  const statement = (isWhole: boolean) =>
    tx.db
      // An offset is planned by itself: what is outside does not change how the inside is read.
      .selectFrom(fitting.$if(isWhole, (query) => query.offset(0)).as('fitting'))
      .selectAll()
      .orderBy('lastMessageAt', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
  const ways = { whole: sql`${fitting}`, page: sql`${statement(false)}` }
  const isWhole = listing.isNarrowed && (await wayToPage(tx, ways)) === 'whole'
  return run(tx, listing, statement(isWhole))
}

/** The queues that every window shows are planned once; a filter or a search has a text of its own each time. */
async function run(tx: Tx, { isNarrowed, ids }: Listing, statement: Expression<ConversationState>) {
  const text = sql<ConversationState>`${statement}`
  const { rows } = await (isNarrowed || ids ? text : keepPlan(text)).execute(tx.db)
  return rows
}

function matching(tx: Tx, { actor, view, filter, ids, now }: Listing) {
  return tx.db
    .selectFrom('inbox.own_conversations as c')
    .select(conversationColumns)
    .where('workspace_id', '=', tx.workspaceId)
    .where(visibleTo(actor))
    .where(inView(view, actor, now))
    .where(filter(sql.ref('c')))
    .$if(ids !== undefined, (query) => query.where(sql<boolean>`id = any(${[...(ids ?? [])]}::uuid[])`))
}

function inView(view: Listing['view'], actor: Actor, now: Date): RawBuilder<boolean> {
  switch (view) {
    case 'mine':
      return sql`owner_id = ${actor.operatorId}::uuid and status <> 'closed'`
    case 'unassigned':
      return sql`owner_id is null and status <> 'closed'`
    case 'at_risk':
      return sql`due_at <= ${riskBorder(now)}`
    case 'closed':
      return sql`status = 'closed'`
    case 'all':
      return sql`true`
  }
}

/** More than this is shown as "more than": nobody reads the exact length of such a queue. */
const MAX_COUNT = 1000

/**
 * How many conversations each view holds, at most `MAX_COUNT`, without closed ones; and since when the oldest of them waits. Every open window
 * asks for this again and again.
 */
export async function countViews(tx: Tx, { actor, now }: { actor: Actor; now: Date }): Promise<ViewCounts> {
  const inOpen = (view: Listing['view']) =>
    sql`inbox.own_conversations as c where workspace_id = ${tx.workspaceId} and ${visibleTo(actor)} and ${inView(view, actor, now)}`
  const count = (view: Listing['view']) => sql`
    (select count(*)::int from (select from ${inOpen(view)} and status <> 'closed' limit ${sql.lit(MAX_COUNT)}) as counted)`
  const oldest = (view: Listing['view']) => sql`
    (select waiting_since from ${inOpen(view)} and waiting_since is not null order by waiting_since, id limit 1)`
  const { rows } = await keepPlan(sql<
    Omit<ViewCounts, 'oldestWaiting'> & Record<`${keyof ViewCounts['oldestWaiting']}Since`, Date | null>
  >`
    select ${count('mine')} as mine, ${count('unassigned')} as unassigned, ${count('all')} as "all", ${count('at_risk')} as at_risk,
      ${oldest('mine')} as "mineSince", ${oldest('unassigned')} as "unassignedSince", ${oldest('all')} as "allSince"`).execute(
    tx.db,
  )
  const [row] = rows
  if (!row) throw new Error('A count without a row.')
  const { mineSince, unassignedSince, allSince, ...counts } = row
  return { ...counts, oldestWaiting: { mine: mineSince, unassigned: unassignedSince, all: allSince } }
}

/** Every tag that was ever given, in the order of the alphabet. */
export async function listTags(tx: Tx): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('inbox.tags')
    .select('name')
    .where('workspace_id', '=', tx.workspaceId)
    .orderBy('name')
    .limit(1000)
    .execute()
  return rows.map(({ name }) => name)
}

export async function rememberTags(tx: Tx, names: readonly string[]): Promise<void> {
  if (names.length === 0) return
  await tx.db
    .insertInto('inbox.tags')
    // In one order everywhere: two who give the same new tags wait for each other instead of deadlocking.
    .values(names.toSorted().map((name) => ({ workspace_id: tx.workspaceId, name })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
