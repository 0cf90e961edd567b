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

/**
 * True when all rows of a list are read in tens of milliseconds whatever they are. Such a list is taken whole and sorted. Left to itself the planner
 * walks in the order asked for until the page is full, as if what fits were strewn evenly along the way; what is rare may lie at its
 * end, a million rows later. Only where an index leads straight to the page (`isDirect`), the page alone is better.
 */
export const isCheap = async (tx: Tx, whole: RawBuilder<unknown>): Promise<boolean> =>
  (await planOf(tx, whole)).cost <= CHEAP

/** A page that costs so little comes from an index that holds just these rows in just this order. */
const DIRECT = 100

/** True when an index leads straight to a page. */
export const isDirect = async (tx: Tx, page: RawBuilder<unknown>): Promise<boolean> =>
  (await planOf(tx, page)).cost <= DIRECT
