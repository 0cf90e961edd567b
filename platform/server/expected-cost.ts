import { hash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from './database.ts'
import { together } from './together.ts'

/** What the planner expects of a whole statement; costs in its own units. */
interface Expected {
  readonly rows: number
  readonly cost: number
  /** The cost without the limit, when the statement has one. */
  readonly toTheEnd: number
}

interface PlanNode {
  readonly 'Plan Rows': number
  readonly 'Total Cost': number
  readonly Plans?: readonly PlanNode[]
}

export async function planOf(tx: Tx, statement: RawBuilder<unknown>): Promise<Expected> {
  const { rows } = await sql<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>`explain (format json) ${statement}`.execute(tx.db)
  const plan = rows[0]?.['QUERY PLAN'][0].Plan
  const cost = plan?.['Total Cost'] ?? Number.POSITIVE_INFINITY
  return { rows: plan?.['Plan Rows'] ?? 0, cost, toTheEnd: plan?.Plans?.[0]?.['Total Cost'] ?? cost }
}

/** A few thousand rows fetched at random: some tens of milliseconds where they lie in memory. */
const CHEAP = 8_000
/** A page that costs so little comes from an index that holds just these rows in just this order. */
const DIRECT = 100
/** Rows taken whole have yet to be sorted. */
const ABOUT_THE_SAME = 1.1

/**
 * True when a list is better taken whole and sorted: all its rows are read in tens of milliseconds whatever they are. Left to itself the planner
 * walks in the order asked for until the page is full, as if what fits were strewn evenly along the way; what is rare may lie at its
 * end, a million rows later. The page alone is better where an index leads straight to it, or where walking to the very end costs no more than
 * taking all. Remembered for a minute: people look at the same lists again and again.
 */
export async function isTakenWhole(
  tx: Tx,
  { whole, page }: { whole: RawBuilder<unknown>; page: RawBuilder<unknown> },
): Promise<boolean> {
  const key = keyOf(tx, page)
  const known = decided.get(key)
  if (known && known.until > performance.now()) return known.isWhole
  const [all, one] = await together(planOf(tx, whole), planOf(tx, page))
  const isWhole = all.cost <= CHEAP && one.cost > DIRECT && one.toTheEnd > all.cost * ABOUT_THE_SAME
  if (decided.size >= MAX_REMEMBERED) decided.clear()
  decided.set(key, { isWhole, until: performance.now() + REMEMBERED_MS })
  return isWhole
}

const REMEMBERED_MS = 60_000
const MAX_REMEMBERED = 10_000
const decided = new Map<string, { isWhole: boolean; until: number }>()

function keyOf(tx: Tx, statement: RawBuilder<unknown>): string {
  const { sql: text, parameters } = statement.compile(tx.db)
  return hash('sha1', JSON.stringify([tx.workspaceId, text, parameters]))
}
