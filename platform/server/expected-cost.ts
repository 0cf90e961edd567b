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
const FEW_THOUSAND = 5_000
/** A page that costs so little comes from an index that holds just these rows in just this order. */
const DIRECT = 100
/** Rows taken whole have yet to be sorted. */
const ABOUT_THE_SAME = 1.1
/** Of so many among a million a page of fifty is full after 2,500 rows, each with some questions of its own. */
const MANY = 20_000

/** How a page of a list is read best; undefined: as the planner likes. */
type Way = 'whole' | 'first' | undefined

/**
 * `whole`: all that fits is taken and sorted, in tens of milliseconds whatever it is. Left to itself the planner walks in the order asked for until
 * the page is full, as if what fits were strewn evenly along the way; what is rare may lie at its end, a million rows later. The page alone is better
 * where an index leads straight to it, or where walking to the very end costs no more than taking all. `first`: so much fits that the page is
 * soon full, and gathering first what belongs to any row would cost more than asking some. Remembered for a minute: people look at the same
 * lists again and again.
 */
export async function wayToPage(
  tx: Tx,
  { whole, page }: { whole: RawBuilder<unknown>; page: RawBuilder<unknown> },
): Promise<Way> {
  const key = keyOf(tx, page)
  const known = decided.get(key)
  if (known && known.until > performance.now()) return known.way
  const [all, one] = await together(planOf(tx, whole), planOf(tx, page))
  const isWhole =
    all.cost <= CHEAP && all.rows <= FEW_THOUSAND && one.cost > DIRECT && one.toTheEnd > all.cost * ABOUT_THE_SAME
  const way = isWhole ? 'whole' : all.rows >= MANY ? 'first' : undefined
  if (decided.size >= MAX_REMEMBERED) decided.clear()
  decided.set(key, { way, until: performance.now() + REMEMBERED_MS })
  return way
}

const REMEMBERED_MS = 60_000
const MAX_REMEMBERED = 10_000
const decided = new Map<string, { way: Way; until: number }>()

function keyOf(tx: Tx, statement: RawBuilder<unknown>): string {
  const { sql: text, parameters } = statement.compile(tx.db)
  return hash('sha1', JSON.stringify([tx.workspaceId, text, parameters]))
}
