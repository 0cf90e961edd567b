import { type RawBuilder, sql } from 'kysely'
import type { Tx } from './database.ts'

/** What the planner expects of a whole statement; the cost in its own units. */
export async function planOf(tx: Tx, statement: RawBuilder<unknown>): Promise<{ rows: number; cost: number }> {
  const { rows } = await sql<{
    'QUERY PLAN': [{ Plan: { 'Plan Rows': number; 'Total Cost': number } }]
  }>`explain (format json) ${statement}`.execute(tx.db)
  const plan = rows[0]?.['QUERY PLAN'][0].Plan
  return { rows: plan?.['Plan Rows'] ?? 0, cost: plan?.['Total Cost'] ?? Number.POSITIVE_INFINITY }
}

/** A few thousand rows fetched at random: some tens of milliseconds where they lie in memory. */
const CHEAP = 8_000

/** A page that costs so little comes from an index that holds just these rows in just this order. */
const DIRECT = 100

/**
 * True when a list is to be taken whole and sorted: all its rows are read in tens of milliseconds whatever they are. Left to itself the planner
 * walks in the order asked for until the page is full, as if what fits were strewn evenly along the way; what is rare may lie at its
 * end, a million rows later. Not where an index leads straight to the page.
 *
 * @param whole all rows of the list, in no order
 * @param page the page as the planner would read it
 */
export const isBetterWhole = async (
  tx: Tx,
  { whole, page }: { whole: RawBuilder<unknown>; page: RawBuilder<unknown> },
): Promise<boolean> => (await planOf(tx, whole)).cost <= CHEAP && (await planOf(tx, page)).cost > DIRECT
