import { both, type Condition, EVERYTHING } from '#platform/shared/objects/condition'
import { type GroupValue, inGroup, inNoGroup } from '#platform/shared/objects/groups'
import { familyOfField } from '#platform/shared/objects/object'
import type { Tx } from '../database.ts'
import type { Reading } from './compile.ts'
import { type Counted, countEach, countFound, MAX_COUNT, type Search } from './find.ts'
import { countHeld, fewNamed, type HeldValues, manyValuesHeld, type ReadingRows, valuesHeld } from './held-values.ts'
import { namedRows } from './references.ts'
import type { FieldSource } from './source.ts'

export interface Group {
  readonly value: GroupValue
  /** Null when counting would have taken too long. */
  readonly counted: Counted | null
}

/** Headings told at a time; the one of empty values and that of all others come besides. */
const PAGE = 100
/** More headings than this are no overview, and the condition of what has none names each of them. */
const MAX_GROUPS = 300
/** Beside many headings it is enough to know which are large; so many more rows are read otherwise. */
const FEW_GROUPS = 10
const MOST_OF_MANY = 1_000
/** In a list that is too large to be looked through, what has no value or no heading is worth so much; beyond it the planner's guess is good enough. */
const COUNT_OF_LARGE_MS = 25
/** One heading's count is worth so much, all of them together so much. */
const COUNT_MS = 150
const ALL_COUNTS_MS = 1000

interface GroupPage {
  readonly groups: Group[]
  /** How many hold a value that has no heading so far, when there may be such. */
  readonly rest: Pick<Group, 'counted'> | null
  /** How many headings were told so far, when more can be. */
  readonly next: number | null
}

/**
 * The values of a field among what a search finds, with how often each occurs; the empty ones last. Choices that are offered are all there,
 * even those that nothing holds; of other values the most common come first, `from` that place on. A row that holds several stands under each.
 */
export async function findGroups(tx: Tx, search: Search, field: FieldSource, from = 0): Promise<GroupPage> {
  const read = readingRows(search, field)
  const known: HeldOrKnown = knownValues(field) ?? (await heldValues(tx, search, field, read))
  const told = known.values.slice(0, from + PAGE)
  const hasMore = told.length < known.values.length
  const reading = read ? 'whole' : undefined
  const listed = told.slice(from)
  const until = performance.now() + ALL_COUNTS_MS
  const narrowed = (within: Condition) => ({ ...search, condition: both(search.condition ?? EVERYTHING, within) })
  const isLarge = read !== undefined && !known.counts
  const count = (within: Condition, how: Reading | undefined = reading) => {
    const left = Math.min(isLarge ? COUNT_OF_LARGE_MS : COUNT_MS, until - performance.now())
    return left > 1 ? countFound(tx, narrowed(within), { limitMs: Math.ceil(left), reading: how }) : null
  }
  const counts: ReadonlyMap<string | null, number> | undefined =
    known.counts ?? (read && (await countHeld(tx, search, read, { values: texts(listed), limitMs: ALL_COUNTS_MS })))
  const timesOf = (value: GroupValue) => (typeof value === 'boolean' ? undefined : counts?.get(value))
  const uncounted = [...listed, null].filter((value) => timesOf(value) === undefined)
  const most = uncounted.length > FEW_GROUPS ? MOST_OF_MANY : MAX_COUNT
  const asked = uncounted.map((value) => inGroup(field.key, value))
  const together =
    asked.length > 1 ? await countEach(tx, search, asked, { limitMs: COUNT_MS, most, reading }) : undefined
  const countOf = (value: GroupValue) => {
    const times = timesOf(value)
    if (times !== undefined) return { count: times, precision: 'exact' as const }
    // Of many values nearly all have none, or nearly none: asked one by one either is soon known.
    return together?.[uncounted.indexOf(value)] ?? count(inGroup(field.key, value), read && 'first')
  }
  const isWhole = known.isWhole && !hasMore
  // The rest before the others: whether there is any must be known.
  const counted = isWhole ? null : (restOf(known, told) ?? (await count(inNoGroup(field.key, told))))
  const isNothing = isWhole || (counted?.precision === 'exact' && counted.count === 0)
  const groups: Group[] = []
  for (const value of [...listed, null]) groups.push({ value, counted: await countOf(value) })
  return {
    groups: known.isCandidates ? heldOf(groups) : groups,
    rest: isNothing ? null : { counted },
    next: hasMore ? told.length : null,
  }
}

const texts = (values: readonly (string | boolean)[]) => values.filter((value) => typeof value === 'string')

/** What can be held, without that which nothing holds; the most common first. */
const heldOf = (groups: readonly Group[]): Group[] =>
  groups
    .filter(({ value, counted }) => value === null || counted?.count !== 0)
    .toSorted((a, b) => Number(a.value === null) - Number(b.value === null) || countIn(b) - countIn(a))
const countIn = ({ counted }: Group) => counted?.count ?? 0

/** Where the values of a field are rows: also of what an own value names. */
function readingRows({ catalogue }: Search, field: FieldSource): ReadingRows | undefined {
  const { read, type } = field
  if ('rows' in read) return read
  return type === 'reference' && 'json' in read ? namedRows(read.json, catalogue.target(field)) : undefined
}

/** How many rows have no heading, where each has one at most and all are counted. */
function restOf({ rows, counts }: HeldOrKnown, told: HeldOrKnown['values']): Counted | undefined {
  if (rows === undefined || !counts) return undefined
  const under = [...told, null].map((value) => (typeof value === 'boolean' ? 0 : (counts.get(value) ?? 0)))
  return { count: rows - under.reduce((sum, one) => sum + one, 0), precision: 'exact' }
}

type HeldOrKnown = Pick<HeldValues, 'isWhole' | 'counts' | 'rows'> & {
  readonly values: readonly (string | boolean)[]
  /** Values that may be held, in no order. */
  readonly isCandidates?: boolean
}

function knownValues(field: FieldSource): HeldOrKnown | undefined {
  if (familyOfField(field) === 'boolean') return { values: [true, false], isWhole: true }
  return field.options && { values: field.options.map(({ key }) => key), isWhole: true }
}

async function heldValues(
  tx: Tx,
  search: Search,
  field: FieldSource,
  read: ReadingRows | undefined,
): Promise<HeldOrKnown> {
  const limits = { limitMs: ALL_COUNTS_MS, most: MAX_GROUPS }
  if (read) return manyValuesHeld(tx, search, read, limits)
  const few = await fewNamed(tx, search, field, PAGE)
  return few ? { values: few, isWhole: true, isCandidates: true } : valuesHeld(tx, search, field, limits)
}
