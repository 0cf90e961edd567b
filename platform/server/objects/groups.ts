import { both, type Condition, EVERYTHING } from '#platform/shared/objects/condition'
import { type GroupValue, inGroup, inNoGroup } from '#platform/shared/objects/groups'
import { familyOfField } from '#platform/shared/objects/object'
import type { Tx } from '../database.ts'
import { type Counted, countFound, type Search } from './find.ts'
import { countHeld, type HeldValues, manyValuesHeld, valuesHeld } from './held-values.ts'
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
  const known: HeldOrKnown = knownValues(field) ?? (await heldValues(tx, search, field))
  const told = known.values.slice(0, from + PAGE)
  const hasMore = told.length < known.values.length
  const reading = 'rows' in field.read ? 'whole' : undefined
  const listed = told.slice(from)
  const groups: Group[] = []
  const until = performance.now() + ALL_COUNTS_MS
  const count = (within: Condition) => {
    const condition = both(search.condition ?? EVERYTHING, within)
    const left = Math.min(COUNT_MS, until - performance.now())
    return left > 1 ? countFound(tx, { ...search, condition }, { limitMs: Math.ceil(left), reading }) : null
  }
  const counts: ReadonlyMap<string | null, number> | undefined =
    known.counts ?? (await countsOf(tx, search, field, listed))
  const countOf = (value: GroupValue) => {
    const times = typeof value === 'boolean' ? undefined : counts?.get(value)
    return times === undefined ? count(inGroup(field.key, value)) : { count: times, precision: 'exact' as const }
  }
  const isWhole = known.isWhole && !hasMore
  // The rest before the others: whether there is any must be known.
  const counted = isWhole ? null : (restOf(known, told) ?? (await count(inNoGroup(field.key, told))))
  const isNothing = isWhole || (counted?.precision === 'exact' && counted.count === 0)
  for (const value of [...listed, null]) groups.push({ value, counted: await countOf(value) })
  return { groups, rest: isNothing ? null : { counted }, next: hasMore ? told.length : null }
}

/** Counts of headings of many values, in one statement instead of one for each. */
async function countsOf(tx: Tx, search: Search, { read }: FieldSource, values: readonly (string | boolean)[]) {
  const texts = values.filter((value) => typeof value === 'string')
  return 'rows' in read ? await countHeld(tx, search, read, { values: texts, limitMs: ALL_COUNTS_MS }) : undefined
}

/** How many rows have no heading, where each has one at most and all are counted. */
function restOf({ rows, counts }: HeldOrKnown, told: HeldOrKnown['values']): Counted | undefined {
  if (rows === undefined || !counts) return undefined
  const under = [...told, null].map((value) => (typeof value === 'boolean' ? 0 : (counts.get(value) ?? 0)))
  return { count: rows - under.reduce((sum, one) => sum + one, 0), precision: 'exact' }
}

type HeldOrKnown = Pick<HeldValues, 'isWhole' | 'counts' | 'rows'> & { readonly values: readonly (string | boolean)[] }

function knownValues(field: FieldSource): HeldOrKnown | undefined {
  if (familyOfField(field) === 'boolean') return { values: [true, false], isWhole: true }
  return field.options && { values: field.options.map(({ key }) => key), isWhole: true }
}

function heldValues(tx: Tx, search: Search, field: FieldSource): Promise<HeldValues> {
  const limits = { limitMs: ALL_COUNTS_MS, most: MAX_GROUPS }
  const { read } = field
  return 'rows' in read ? manyValuesHeld(tx, search, read, limits) : valuesHeld(tx, search, field, limits)
}
