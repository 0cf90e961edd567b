import { sql } from 'kysely'
import type { Actor } from '#platform/shared/actor'
import type {
  BehaviourCondition,
  Condition,
  Count,
  FieldCondition,
  RelationCondition,
} from '#platform/shared/objects/condition'
import type { Family } from '#platform/shared/objects/field-types'
import { familyOfField } from '#platform/shared/objects/object'
import type { Catalogue } from './catalogue.ts'
import { compileFormula } from './formula/compile-formula.ts'
import { type Clock, instantsWithin, today } from './moments.ts'
import { isNot, type Predicate, predicate } from './predicate.ts'
import type { BehaviourSource, FieldSource, Owns, RelationSource, Row, SourceScope, Sql } from './source.ts'
import { type Asker, askedTest, instantTest, type Test } from './test.ts'
import { castOf, jsonValue, type ValueSql } from './value-sql.ts'

/** Who asks, when and where. Related objects count only as far as the actor may see them. */
export interface Asking extends Asker {
  readonly actor: Actor
}

/**
 * A checked condition on an object as one SQL predicate over its row `row`, parameters and all. True exactly where `evaluate` says so; never
 * null in effect: what SQL does not know counts as no.
 */
export function compileCondition(
  catalogue: Catalogue,
  object: string,
  condition: Condition,
  { row, asking }: { row: Row; asking: Asking },
): Predicate {
  return new Compiler(catalogue, asking).condition(condition, catalogue.source(object), row)
}

/** The value of a field over a row; null for a field of many values. */
export function compileField(field: FieldSource, scope: SourceScope, row: Row, clock: Clock): ValueSql | null {
  const { read } = field
  const family = familyOfField(field)
  if ('json' in read) return field.type === 'multi_choice' ? null : jsonValue(customOf(scope, row), read.json, family)
  if ('formula' in read) {
    const value = compileFormula(read.formula, {
      value: (key) => compileField(fieldIn(scope, key), scope, row, clock),
      today: today(clock).toString(),
    })
    return { value, cast: castOf(family) }
  }
  if (!('one' in read)) return null
  return {
    value: read.one(row),
    cast: castOf(family),
    ...(read.currency ? { currency: read.currency(row) } : {}),
    ...(field.isFolded ? { isFolded: true } : {}),
  }
}

class Compiler {
  readonly #catalogue: Catalogue
  readonly #asking: Asking
  #rows = 0

  constructor(catalogue: Catalogue, asking: Asking) {
    this.#catalogue = catalogue
    this.#asking = asking
  }

  /** Negation is carried down to the parts: `not (a and b)` in SQL would turn "unknown" into "unknown" instead of "yes". */
  condition(part: Condition, scope: SourceScope, row: Row, isNegated = false): Predicate {
    if ('not' in part) return this.condition(part.not, scope, row, !isNegated)
    if ('all' in part || 'any' in part) {
      const isAll = 'all' in part
      const parts = (isAll ? part.all : part.any).map((one) => this.condition(one, scope, row, isNegated))
      if (parts.length === 0) return isAll === isNegated ? sql`false` : sql`true`
      return sql`(${sql.join(parts, isAll === isNegated ? sql` or ` : sql` and `)})`
    }
    if ('field' in part) return this.#field(part, scope, row, isNegated)
    if ('relation' in part) return this.#relation(part, scope, row, isNegated)
    return this.#behaviour(part, scope, row, isNegated)
  }

  #field(part: FieldCondition, scope: SourceScope, row: Row, isNegated: boolean): Predicate {
    const field = fieldIn(scope, part.field)
    const { test, isNegative } = askedTest(field, part, this.#asking)
    const asked = this.#test(field, test, scope, row)
    return isNegative === isNegated ? asked : isNot(asked)
  }

  #test(field: FieldSource, test: Test, scope: SourceScope, row: Row): Predicate {
    const { read } = field
    const family = familyOfField(field)
    if ('array' in read) return arrayTest(test, read.array(row))
    if ('json' in read && field.type === 'multi_choice') return jsonListTest(test, customOf(scope, row), read.json)
    if ('json' in read && test.is === 'among' && test.values.length > 0 && family in CONTAINABLE) {
      // Containment is what the one index over all custom values serves.
      return contains(
        customOf(scope, row),
        test.values.map((value) => ({ [read.json]: value })),
      )
    }
    if ('rows' in read) {
      const { from, where, value } = read.rows(row, this.#row(), ownsOf(scope, row))
      const operand = { value, cast: castOf(family), ...(field.isFolded ? { isFolded: true } : {}) }
      return someRow(
        test,
        (one) => sql`exists (select from ${from} where ${where} and ${predicateOf(one, operand, family)})`,
      )
    }
    if ('via' in read) {
      const relation = relationIn(scope, read.via.relation)
      const target = this.#catalogue.source(relation.target)
      const inner = fieldIn(target, read.via.field)
      return someRow(test, ({ test: one, isNot: turned }) =>
        this.#exists(relation, scope, row, (other) => {
          const asked = this.#test(inner, one, target, other)
          return turned ? isNot(asked) : asked
        }),
      )
    }
    const operand = compileField(field, scope, row, this.#asking)
    if (!operand) throw new Error(`${field.key} has no single value.`)
    return predicate(test, operand, family)
  }

  #relation({ relation: key, count, where }: RelationCondition, scope: SourceScope, row: Row, isNegated: boolean) {
    const relation = relationIn(scope, key)
    const target = this.#catalogue.source(relation.target)
    const { from, on } = this.#join(relation, scope, row, (other) =>
      where ? this.condition(where, target, other) : sql`true`,
    )
    return counted(sql`select from ${from} where ${on}`, count, isNegated)
  }

  #exists(relation: RelationSource, scope: SourceScope, row: Row, where: (other: Row) => Predicate): Predicate {
    const { from, on } = this.#join(relation, scope, row, where)
    return sql`exists (select from ${from} where ${on})`
  }

  #join(
    relation: RelationSource,
    scope: SourceScope,
    row: Row,
    where: (other: Row) => Predicate,
  ): { from: Sql; on: Sql } {
    const target = this.#catalogue.source(relation.target)
    const [other, link] = [this.#row(), this.#row()]
    const parts = [
      sql`${other}.workspace_id = ${row}.workspace_id`,
      ...(relation.link ? [sql`${link}.workspace_id = ${row}.workspace_id`] : []),
      relation.on(row, other, link, ownsOf(scope, row)),
      ...(target.only ? [target.only(other)] : []),
      ...(target.visible ? [target.visible(this.#asking.actor, other)] : []),
      where(other),
    ]
    const from = relation.link
      ? sql`${relation.link} as ${link}, ${target.table} as ${other}`
      : sql`${target.table} as ${other}`
    return { from, on: sql.join(parts, sql` and `) }
  }

  #behaviour(part: BehaviourCondition, scope: SourceScope, row: Row, isNegated: boolean): Predicate {
    const behaviour = scope.behaviours?.find(({ key }) => key === part.behaviour)
    if (!behaviour) throw new Error(`There is no behaviour ${part.behaviour}.`)
    const it = this.#row()
    const time = instantTest(instantsWithin(part.within, this.#asking))
    const parts = [
      behaviour.of(row, it, ownsOf(scope, row)),
      ...(part.within ? [predicate(time, { value: behaviour.at(it), cast: castOf('datetime') }, 'datetime')] : []),
      ...(time.from && behaviour.since ? [behaviour.since(it, sql`${time.from.value}::timestamptz`)] : []),
      ...(part.where ? [this.condition(part.where, scopeOfSource(behaviour), it)] : []),
    ]
    return counted(sql`select from ${behaviour.from(it)} where ${sql.join(parts, sql` and `)}`, part.count, isNegated)
  }

  #row(): Row {
    return sql.ref(`r${++this.#rows}`)
  }
}

const scopeOfSource = ({ fields = [], relations = [] }: BehaviourSource): SourceScope => ({ fields, relations })

function fieldIn(scope: SourceScope, key: string): FieldSource {
  const found = scope.fields.find((field) => field.key === key)
  if (!found) throw new Error(`There is no field ${key}.`)
  return found
}

function relationIn(scope: SourceScope, key: string): RelationSource {
  const found = scope.relations?.find((relation) => relation.key === key)
  if (!found) throw new Error(`There is no relation ${key}.`)
  return found
}

/** Which foreign keys name the object of this row. */
export const ownsOf =
  ({ owns }: SourceScope, row: Row): Owns =>
  (id) =>
    owns ? owns(row, id) : sql`${id} = ${row}.id`

function customOf(scope: SourceScope, row: Row): Sql {
  if (!scope.custom) throw new Error('This object has no custom values.')
  return scope.custom(row)
}

/** Families whose custom values are equal exactly when their JSON is. */
const CONTAINABLE = { choice: true, reference: true, boolean: true }

/** The index leaves out objects without custom values, so the statement says that it does not ask for them. */
const contains = (custom: Sql, parts: readonly object[]): Predicate =>
  sql`(${custom} <> '{}'::jsonb and (${sql.join(
    parts.map((part) => sql`${custom} @> ${JSON.stringify(part)}::jsonb`),
    sql` or `,
  )}))`

function jsonListTest(test: Test, custom: Sql, key: string): Predicate {
  switch (test.is) {
    case 'empty':
      return sql`(jsonb_typeof(${custom} -> ${sql.lit(key)}) is distinct from 'array' or ${custom} -> ${sql.lit(key)} = '[]'::jsonb)`
    case 'among':
      return contains(
        custom,
        test.values.map((value) => ({ [key]: [value] })),
      )
    case 'all_of':
      return contains(custom, [{ [key]: test.values }])
    default:
      throw new Error(`A list of choices is not asked by ${test.is}.`)
  }
}

function arrayTest(test: Test, array: Sql): Predicate {
  switch (test.is) {
    case 'empty':
      return sql`cardinality(coalesce(${array}, '{}')) = 0`
    case 'among':
      return sql`${array} && ${test.values}::text[]`
    case 'all_of':
      return sql`${array} @> ${test.values}::text[]`
    default:
      throw new Error(`A list of words is not asked by ${test.is}.`)
  }
}

/** A test of one of many rows; `isNot` turns it round. */
interface RowTest {
  readonly test: Test
  readonly isNot?: boolean
}

const predicateOf = ({ test, isNot: turned }: RowTest, operand: ValueSql, family: Family) =>
  turned ? isNot(predicate(test, operand, family)) : predicate(test, operand, family)

/** A field of many values: empty = none that is not empty; all of = each is there; anything else = one fits. */
function someRow(test: Test, exists: (one: RowTest) => Predicate): Predicate {
  if (test.is === 'empty') return isNot(exists({ test, isNot: true }))
  if (test.is !== 'all_of') return exists({ test })
  const each = test.values.map((value) => exists({ test: { is: 'among', values: [value] } }))
  return sql`(${sql.join(each, sql` and `)})`
}

/** Whether as many rows as asked for exist. Counting stops as soon as the answer is known. */
function counted(rows: Sql, count: Count | undefined, isNegated: boolean): Predicate {
  const { op, value } = count ?? { op: 'gte', value: 1 }
  if (op === 'lte') return counted(rows, { op: 'gte', value: value + 1 }, !isNegated)
  const no = isNegated ? sql`not ` : sql``
  if (op === 'gte' && value === 0) return isNegated ? sql`false` : sql`true`
  if (value === 0) return counted(rows, undefined, !isNegated)
  if (op === 'gte' && value === 1) return sql`${no}exists (${rows})`
  const limit = op === 'eq' ? value + 1 : value
  return sql`${no}((select count(*) from (${rows} limit ${limit}) as counted) = ${value})`
}
