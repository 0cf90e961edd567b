import { sql } from 'kysely'
import { asksNothing, type Condition, EVERYTHING } from '#platform/shared/objects/condition'
import type { Page } from '#platform/shared/page'
import type { Tx } from '../database.ts'
import { planOf, wayToPage } from '../expected-cost.ts'
import { anyOf, keepPlan } from '../kept-plans.ts'
import { together } from '../together.ts'
import type { Catalogue } from './catalogue.ts'
import { type Asking, compileCondition, type Reading } from './compile.ts'
import { cursorAfter, Order, type Phase, readPlace, type Sort } from './order.ts'
import { asksReferences } from './references.ts'
import type { ObjectSource, Row, Sql } from './source.ts'
import { limitTime, tooSlow, withinTime, wrongCursor } from './time-limit.ts'

/** What is looked for: objects of one kind that satisfy a checked condition, as far as the asker may see them. */
export interface Search {
  readonly catalogue: Catalogue
  readonly object: string
  readonly condition?: Condition | undefined
  readonly asking: Asking
}

const ROW: Row = sql.ref('r0')

/**
 * Where the planner cannot know how much fits, because that depends on what own values name, so many rows are asked one by one first: if much fits, they
 * fill the page, in some ten milliseconds. Otherwise all that fits is gathered.
 */
const NEAR = 1_000

/** A page may keep the database busy for so long; beyond it the filter has to be narrower. Holds for the rest of the transaction. */
const LIST_LIMIT_MS = 5_000
/** A count beside a filter is worth so much; beyond it the planner's guess is good enough. */
const COUNT_LIMIT_MS = 400
/** Counting stops here: nobody tells 10 000 from 12 345 at a glance. */
export const MAX_COUNT = 10_000

/**
 * One page of ids in the order asked for, by keyset: the thousandth page costs what the first does.
 * @throws Problem `objects.not_sortable`, `objects.too_slow`, `request.cursor`
 */
export async function findIds(
  tx: Tx,
  search: Search,
  page: { sort: readonly Sort[]; cursor?: string | undefined; limit: number },
): Promise<Page<string>> {
  const source = search.catalogue.source(search.object)
  const { table, visible } = source
  const order = new Order(source, page.sort, { row: ROW, clock: search.asking })
  const after = readPlace(page.cursor, page.sort.length)
  const found: { id: string; values: (string | null)[] }[] = []
  const fitting = sql`select ${ROW}.* from ${table} as ${ROW} where ${asked(tx, search, 'whole')}`
  const places = (from: Sql, where: Sql) => sql<{ id: string; values: (string | null)[] }>`
    select ${ROW}.id, ${order.columns} as values from ${from} as ${ROW}
    where ${where} order by ${order.by} limit ${page.limit + 1 - found.length}`
  const statement = (phase: Phase, way: Reading | undefined) =>
    way === 'whole'
      ? places(sql`(${fitting} offset 0)`, order.where(phase, after))
      : places(table, sql`${asked(tx, search, way)} and ${order.where(phase, after)}`)
  const near = (phase: Phase) =>
    places(
      sql`(select ${ROW}.* from ${table} as ${ROW} where ${among(tx, source)} and ${order.where(phase, after)} order by ${order.by} limit ${NEAR})`,
      asked(tx, search, 'first'),
    )
  const isNarrowed = !asksNothing(search.condition) || visible !== undefined
  const wayTo = (phase: Phase) => wayToPage(tx, { whole: fitting, page: statement(phase, undefined) })
  // The limit travels with the statement that it is for.
  const execute = async (page: ReturnType<typeof places>) => {
    const [, { rows }] = await together(limitTime(tx, LIST_LIMIT_MS), page.execute(tx.db))
    return rows
  }
  const read = async (phase: Phase) => {
    if (!isUnknown(search)) return execute(statement(phase, isNarrowed ? await wayTo(phase) : undefined))
    const nearest = order.isServed ? await execute(near(phase)) : []
    return found.length + nearest.length > page.limit ? nearest : execute(statement(phase, 'whole'))
  }
  for (const phase of order.phases(after)) {
    found.push(
      ...(await read(phase)
        .catch(after ? wrongCursor : undefined)
        .catch(tooSlow)),
    )
    if (found.length > page.limit) break
  }
  const shown = found.slice(0, page.limit)
  const last = shown.at(-1)
  return {
    items: shown.map(({ id }) => id),
    nextCursor: found.length > page.limit && last ? cursorAfter(last) : null,
  }
}

/** How many there are. `at_least`: counting stopped there. `about`: the planner's guess, because counting took too long. */
export interface Counted {
  readonly count: number
  readonly precision: 'exact' | 'at_least' | 'about'
}

/** Counts what a condition finds, in at most half a second. */
export async function countFound(
  tx: Tx,
  search: Search,
  { limitMs = COUNT_LIMIT_MS, reading }: { limitMs?: number; reading?: Reading | undefined } = {},
): Promise<Counted> {
  const { table } = search.catalogue.source(search.object)
  const rows = sql`select from ${table} as ${ROW} where ${asked(tx, search, reading ?? (isUnknown(search) ? 'whole' : undefined))}`
  const counted = await withinTime(tx, limitMs, () =>
    sql<{ count: number }>`select count(*)::int as count from (${rows} limit ${MAX_COUNT + 1}) as counted`.execute(
      tx.db,
    ),
  )
  const count = counted?.rows[0]?.count
  if (count !== undefined)
    return count > MAX_COUNT ? { count: MAX_COUNT, precision: 'at_least' } : { count, precision: 'exact' }
  return { count: (await planOf(tx, rows)).rows, precision: 'about' }
}

/** How many satisfy each of some conditions besides, `most` at most, all in one statement; undefined when that takes too long. */
export async function countEach(
  tx: Tx,
  { condition = EVERYTHING, ...search }: Search,
  conditions: readonly Condition[],
  { limitMs, most, reading }: { limitMs: number; most: number; reading?: Reading | undefined },
): Promise<Counted[] | undefined> {
  const { table } = search.catalogue.source(search.object)
  const counts = conditions.map((one) => {
    const where = asked(tx, { ...search, condition: { all: [condition, one] } }, reading)
    return sql`(select count(*)::int from (select from ${table} as ${ROW} where ${where} limit ${most + 1}) as counted)`
  })
  const found = await withinTime(tx, limitMs, () =>
    sql<{ counts: number[] }>`select array[${sql.join(counts)}]::int[] as counts`.execute(tx.db),
  )
  return found?.rows[0]?.counts.map((count) =>
    count > most ? { count: most, precision: 'at_least' } : { count, precision: 'exact' },
  )
}

/** Ids of what is found as a statement of its own, among `ids` when they are given: for those who keep them. At most `limit`. */
export const idsFound = (tx: Tx, search: Search & { ids?: readonly string[] | undefined }, limit: number): Sql => {
  const named = search.ids ? sql` and ${ROW}.id = any(${search.ids}::uuid[])` : sql``
  return sql`select ${ROW}.id from ${search.catalogue.source(search.object).table} as ${ROW} where ${asked(tx, search)}${named} limit ${limit}`
}

/** Which of these objects satisfy the condition. */
export async function filterIds(tx: Tx, search: Search, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const { table, visible } = search.catalogue.source(search.object)
  const statement = sql<{ id: string }>`
    select ${ROW}.id from ${table} as ${ROW} where ${asked(tx, search)} and ${ROW}.id = ${anyOf(ids)}`
  const isAlwaysTheSame = asksNothing(search.condition) && visible === undefined
  const { rows } = await (isAlwaysTheSame ? keepPlan(statement) : statement).execute(tx.db)
  return new Set(rows.map(({ id }) => id))
}

/** How things are called: those with these ids, or those in whose name the words stand, by name. As far as the asker may see them. */
export async function findNames(
  tx: Tx,
  search: Omit<Search, 'condition'>,
  { q, ids, limit }: { q?: string | undefined; ids?: readonly string[] | undefined; limit: number },
): Promise<{ id: string; name: string }[]> {
  const { table, name, shownAs } = search.catalogue.source(search.object)
  if (ids && shownAs) return namesOfShown(tx, search, { ids, shownAs })
  const part = `%${(q ?? '').replaceAll(/[\\%_]/g, (special) => `\\${special}`)}%`
  const wanted = ids ? sql`${ROW}.id = any(${ids}::uuid[])` : sql`lower(${name(ROW)}) like lower(${part})`
  const { rows } = await sql<{ id: string; name: string }>`
    select ${ROW}.id, ${name(ROW)} as name from ${table} as ${ROW}
    where ${asked(tx, search)} and ${wanted} order by lower(${name(ROW)}), ${ROW}.id limit ${limit}`.execute(tx.db)
  return rows
}

/** What was joined to another is called as the one that is shown for it. */
async function namesOfShown(
  tx: Tx,
  search: Omit<Search, 'condition'>,
  { ids, shownAs }: { ids: readonly string[]; shownAs: (row: Row) => Sql },
) {
  const { table, name } = search.catalogue.source(search.object)
  const given = sql.ref('given')
  const { rows } = await sql<{ id: string; name: string }>`
    select ${given}.id, ${name(ROW)} as name from ${table} as ${given} join ${table} as ${ROW}
      on ${ROW}.workspace_id = ${given}.workspace_id and ${ROW}.id = coalesce(${shownAs(given)}, ${given}.id)
    where ${given}.workspace_id = ${tx.workspaceId}::uuid and ${given}.id = any(${ids}::uuid[]) and ${asked(tx, search)}
    order by lower(${name(ROW)}), ${given}.id`.execute(tx.db)
  return rows
}

/** Truth of several conditions about one object, in one statement; undefined when the asker cannot see it. */
export async function truthOf(
  tx: Tx,
  search: Omit<Search, 'condition'>,
  id: string,
  conditions: readonly Condition[],
): Promise<boolean[] | undefined> {
  const { catalogue, object, asking } = search
  const parts = conditions.map(
    (one) => sql`(${compileCondition(catalogue, object, one, { row: ROW, asking })}) is true`,
  )
  const { rows } = await sql<{ truth: boolean[] }>`
    select array[${sql.join(parts)}]::boolean[] as truth from ${catalogue.source(object).table} as ${ROW}
    where ${asked(tx, search)} and ${ROW}.id = ${id}`.execute(tx.db)
  return rows[0]?.truth
}

/** Whether the planner cannot know how much is found. */
const isUnknown = ({ catalogue, object, condition = EVERYTHING }: Search) =>
  asksReferences(catalogue, object, condition)

/** The whole `where` of a search over the row `r0`. */
export function asked(tx: Tx, { catalogue, object, condition = EVERYTHING, asking }: Search, reading?: Reading): Sql {
  const source = catalogue.source(object)
  const parts = [
    among(tx, source),
    ...(source.visible ? [source.visible(asking.actor, ROW)] : []),
    compileCondition(catalogue, object, condition, { row: ROW, asking, reading }),
  ]
  return sql.join(parts, sql` and `)
}

/** True of rows that are objects of this kind in this workspace. */
const among = (tx: Tx, { only }: ObjectSource): Sql =>
  sql.join([sql`${ROW}.workspace_id = ${tx.workspaceId}::uuid`, ...(only ? [only(ROW)] : [])], sql` and `)
