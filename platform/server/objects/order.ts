import { sql } from 'kysely'
import { isUuid } from '#platform/shared/ids'
import { type Family, type FieldType, familyOf } from '#platform/shared/objects/field-types'
import { familyOfField } from '#platform/shared/objects/object'
import { decodeCursor, encodeCursor, foreignCursor } from '#platform/shared/page'
import { Problem } from '#platform/shared/problems'
import { compileField } from './field-value.ts'
import type { Clock } from './moments.ts'
import { folded } from './predicate.ts'
import type { ObjectSource, Row, Sql } from './source.ts'
import { jsonValue, type ValueSql } from './value-sql.ts'

/** By which field, and which way. Empty values come last either way; equal ones in the order of their making. */
export interface Sort {
  readonly field: string
  readonly direction: 'asc' | 'desc'
}

/** So many fields an order may have: one to group by, one to sort by, one for the rest. */
const MAX_SORTS = 3

interface Key {
  readonly value: Sql
  readonly cast: Sql
  readonly direction: Sort['direction']
  readonly isNeverEmpty: boolean
  readonly isBuiltIn: boolean
}

/** The place of the last row seen: its sort values as PostgreSQL writes them, so that nothing of them is lost on the way. */
interface Place {
  readonly values: readonly (string | null)[]
  readonly id: string
}

/** One statement's part of a page: rows whose first sort value is known, or, after them, rows where it is empty. */
export type Phase = 'known' | 'empty'

/** The order of a list, by any sortable fields, cut into pages by the values of the last row. */
export class Order {
  readonly #keys: readonly Key[]
  readonly #row: Row

  constructor(object: ObjectSource, sorts: readonly Sort[], { row, clock }: { row: Row; clock: Clock }) {
    if (sorts.length > MAX_SORTS)
      throw new Problem('objects.too_many_sorts', 422, `A list is sorted by at most ${MAX_SORTS} fields.`)
    this.#row = row
    this.#keys = sorts.map((sort) => keyOf(object, sort, row, clock))
  }

  /** Whether its first rows are soon found: built-in fields are sorted by only where an index serves the whole table. */
  get isServed(): boolean {
    return this.#keys.every(({ isBuiltIn }) => isBuiltIn)
  }

  /** What a row is placed by, as texts: for `cursorAfter`. */
  get columns(): Sql {
    return sql`array[${sql.join(this.#keys.map(({ value }) => sql`(${value})::text`))}]::text[]`
  }

  /** The phases in which a page is read, beginning where the cursor stands. Two, because one index then serves both directions. */
  phases(after: Place | undefined): Phase[] {
    const [first] = this.#keys
    if (!first || first.isNeverEmpty) return ['known']
    return after && after.values[0] === null ? ['empty'] : ['known', 'empty']
  }

  /** Rows of a phase that come after a place. */
  where(phase: Phase, after: Place | undefined): Sql {
    const [first] = this.#keys
    const part =
      !first || first.isNeverEmpty
        ? sql`true`
        : sql`${first.value} is ${sql.raw(phase === 'known' ? 'not null' : 'null')}`
    const isElsewhere = after !== undefined && first !== undefined && (after.values[0] === null) !== (phase === 'empty')
    return after && !isElsewhere ? sql`${part} and ${this.#after(after)}` : part
  }

  get by(): Sql {
    const keys = this.#keys.map(({ value, direction }, i) =>
      // The first is never empty within a phase, and an index is read backwards only without a word about empty ones.
      i === 0 ? sql`${value} ${sql.raw(direction)}` : sql`${value} ${sql.raw(direction)} nulls last`,
    )
    return sql.join([...keys, sql`${this.#row}.id ${sql.raw(this.#lastDirection)}`])
  }

  get #lastDirection(): Sort['direction'] {
    return this.#keys[0]?.direction ?? 'asc'
  }

  #after({ values, id }: Place): Sql {
    const [key] = this.#keys
    const isMore = sql.raw(this.#lastDirection === 'asc' ? '>' : '<')
    const [value] = values
    if (key && this.#keys.length === 1 && value !== null)
      return sql`(${key.value}, ${this.#row}.id) ${isMore} (${value}::text::${key.cast}, ${id}::uuid)`
    return this.#keys.reduceRight<Sql>(
      (rest, one, i) => this.#later(one, values[i] ?? null, rest),
      sql`${this.#row}.id ${isMore} ${id}::uuid`,
    )
  }

  #later({ value, cast, direction }: Key, at: string | null, rest: Sql): Sql {
    if (at === null) return sql`(${value} is null and ${rest})`
    const there = sql`${at}::text::${cast}`
    const isMore = sql.raw(direction === 'asc' ? '>' : '<')
    return sql`(${value} ${isMore} ${there} or ${value} is null or (${value} = ${there} and ${rest}))`
  }
}

/** @throws Problem `objects.not_sortable` */
function keyOf(object: ObjectSource, { field: key, direction }: Sort, row: Row, clock: Clock): Key {
  const asked = object.fields.find((one) => one.key === key)
  const field = asked?.sortedAs ? object.fields.find((one) => one.key === asked.sortedAs) : asked
  const operand = field?.sort ? compileField(field, object, row, clock) : null
  if (!field || !operand)
    throw new Problem('objects.not_sortable', 422, `Lists are not sorted by ${key}.`, { params: { field: key } })
  return {
    value: placedBy(operand, familyOfField(field)),
    cast: operand.cast,
    direction,
    isNeverEmpty: (field.isRequired ?? false) && 'one' in field.read,
    isBuiltIn: 'one' in field.read,
  }
}

/** What a list is in the order of: of a long text its beginning. */
const placedBy = (operand: ValueSql, family: Family): Sql =>
  operand.head ?? (family === 'text' || family === 'address' ? folded(operand) : operand.value)

/** Types of own fields that an index of their own serves. Equality of all others goes by the one index over all own values. */
const INDEXED: ReadonlySet<FieldType> = new Set([
  'text',
  'phone',
  'email',
  'url',
  'number',
  'money',
  'date',
  'time',
  'datetime',
])

/**
 * What an index of an own field holds, over `row`: conditions and orders read the very same expression. Undefined for a type that has
 * none. No row can be too long for it, whatever was stored before the field was described.
 */
export function indexedValue(custom: Sql, key: string, type: FieldType): Sql | undefined {
  if (!INDEXED.has(type) || type === 'formula') return undefined
  const family = familyOf(type)
  return placedBy(jsonValue(custom, key, family), family)
}

export const cursorAfter = (place: Place): string => encodeCursor([...place.values, place.id])

/** @throws Problem `request.cursor` when it was made for another order. */
export function readPlace(cursor: string | undefined, sorts: number): Place | undefined {
  if (!cursor) return undefined
  const values = decodeCursor(cursor, sorts + 1)
  const id = values.at(-1)
  const isRight = values.every((value) => value === null || (typeof value === 'string' && !value.includes('\0')))
  if (!isRight || typeof id !== 'string' || !isUuid(id)) throw foreignCursor()
  return { values: values.slice(0, -1).map((value) => (value === null ? null : String(value))), id }
}
