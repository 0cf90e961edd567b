import { sql } from 'kysely'
import type { Actor } from '#platform/shared/actor'
import type {
  BehaviourCondition,
  Condition,
  Count,
  FieldCondition,
  RelationCondition,
} from '#platform/shared/objects/condition'
import { familyOfField } from '#platform/shared/objects/object'
import type { Catalogue } from './catalogue.ts'
import { compileField } from './field-value.ts'
import { type Gathering, keysOf, selected, withSoMany } from './gather.ts'
import { arrayTest, CONTAINABLE, contains, jsonListTest } from './list-tests.ts'
import { instantsWithin } from './moments.ts'
import { isNot, type Predicate, predicate } from './predicate.ts'
import { isOverReferences, namesOneOf, throughJoined } from './references.ts'
import { predicateOf, type RowTest, someRow } from './row-tests.ts'
import { customOf, fieldIn, isNamed, ownsOf, type Rows, relationIn, scopeOfSource, type Ways } from './scope.ts'
import type { FieldSource, ObjectSource, Owns, RelationSource, Row, SourceScope, Sql } from './source.ts'
import { type Asker, askedTest, instantTest, type Scalar, type Test } from './test.ts'
import { castOf } from './value-sql.ts'

/** Who asks, when and where. Related objects count only as far as the actor may see them. */
export interface Asking extends Asker {
  readonly actor: Actor
}

/** All rows, found from what belongs to them, or the first of many, asked one after another; as PostgreSQL likes, unless said. */
export type Reading = 'whole' | 'first'

/**
 * A checked condition on an object as one SQL predicate over its row `row`, parameters and all. True exactly where `evaluate` says so; never
 * null in effect: what SQL does not know counts as no. `reading`: for which way of reading it is written.
 */
export function compileCondition(
  catalogue: Catalogue,
  object: string,
  condition: Condition,
  { row, asking, reading }: { row: Row; asking: Asking; reading?: Reading | undefined },
): Predicate {
  return new Compiler(catalogue, asking, reading).condition(condition, catalogue.source(object), row)
}

class Compiler {
  readonly #catalogue: Catalogue
  readonly #asking: Asking
  readonly #reading: Reading | undefined
  #rows = 0

  constructor(catalogue: Catalogue, asking: Asking, reading: Reading | undefined) {
    this.#catalogue = catalogue
    this.#asking = asking
    this.#reading = reading
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
    if (test.is === 'among' && field.type === 'reference' && test.values.length > 0) {
      const named = this.#named(field, test.values, scope, row)
      if (named) return named
    }
    if ('json' in read && test.is === 'among' && test.values.length > 0 && family in CONTAINABLE) {
      // Containment is what the one index over all custom values serves.
      return contains(
        customOf(scope, row),
        test.values.map((value) => ({ [read.json]: value })),
      )
    }
    if ('rows' in read) {
      return someRow(test, (one) =>
        this.#some(scope, row, {
          rows: (owner, owns) => {
            const { from, where, value } = read.rows(owner, this.#row(), owns)
            const operand = { value, cast: castOf(family), ...(field.isFolded ? { isFolded: true } : {}) }
            return { from, where: sql`${where} and ${predicateOf(one, operand, family)}` }
          },
        }),
      )
    }
    if ('via' in read) {
      const relation = relationIn(scope, read.via.relation)
      const target = this.#catalogue.source(relation.target)
      const inner = fieldIn(target, read.via.field)
      const asked = ({ test: one, isNot: turned }: RowTest, other: Row) => {
        const fits = this.#test(inner, one, target, other)
        return turned ? isNot(fits) : fits
      }
      return someRow(test, (one) => {
        const some = this.#someRelated(
          scope,
          row,
          this.#waysTo(relation, (other) => asked(one, other)),
        )
        return target.isFew ? sql`(${this.#any(target, (other) => asked(one, other))} and ${some})` : some
      })
    }
    const operand = compileField(field, scope, row, this.#asking)
    if (!operand) throw new Error(`${field.key} has no single value.`)
    return predicate(test, operand, family)
  }

  #relation({ relation: key, count, where }: RelationCondition, scope: SourceScope, row: Row, isNegated: boolean) {
    const relation = relationIn(scope, key)
    const target = this.#catalogue.source(relation.target)
    const ways = this.#waysTo(relation, (other) => (where ? this.condition(where, target, other) : sql`true`))
    return this.#counted(scope, row, { ...ways, count, isNegated })
  }

  /** What a relation leads to: directly, and from what names one that was joined to another. */
  #waysTo(relation: RelationSource, where: (other: Row) => Predicate): Ways {
    const joined = throughJoined(relation, this.#catalogue.source(relation.target))
    return {
      ...(isOverReferences(relation) ? { isByReference: true } : {}),
      rows: (owner, owns) => this.#related(relation, { row: owner, owns }, where),
      ...(joined ? { joined: (owner, owns) => this.#related(joined, { row: owner, owns }, where) } : {}),
    }
  }

  /** A reference to one of these, or to one that was joined to one of these; undefined when nothing is joined there. */
  #named(field: FieldSource, ids: readonly Scalar[], scope: SourceScope, row: Row): Predicate | undefined {
    const { read } = field
    const { shownAs, table } = this.#catalogue.target(field) ?? {}
    if (!shownAs || !table || field.key === 'id') return undefined
    const other = this.#row()
    const joined = sql`select ${other}.id from ${table} as ${other}
      where ${other}.workspace_id = ${this.#asking.actor.workspaceId}::uuid and ${shownAs(other)} = any(${ids}::uuid[])`
    // Apart, because PostgreSQL knows how common an id is that is given.
    if ('one' in read) return sql`(${read.one(row)} = any(${ids}::uuid[]) or ${read.one(row)} = any(array(${joined})))`
    if (!('json' in read)) return undefined
    return this.#either(scope, row, {
      own: (owner) =>
        contains(
          customOf(scope, owner),
          ids.map((id) => ({ [read.json]: id })),
        ),
      joined: (owner) => namesOneOf(owner, read.json, joined),
    })
  }

  #related(relation: RelationSource, { row, owns }: { row: Row; owns: Owns }, where: (other: Row) => Predicate) {
    const target = this.#catalogue.source(relation.target)
    const [other, link] = [this.#row(), this.#row()]
    const parts = [
      sql`${other}.workspace_id = ${row}.workspace_id`,
      ...(relation.link ? [sql`${link}.workspace_id = ${row}.workspace_id`] : []),
      relation.on(row, other, link, owns),
      ...this.#fitting(target, other, where),
    ]
    const linked = relation.link ? sql`${relation.link} as ${link}, ` : sql``
    return { from: sql`${linked}${target.table} as ${other}`, where: sql.join(parts, sql` and `) }
  }

  /** What is true of rows that are such objects, are seen by the asker, and fit. */
  #fitting({ only, visible }: ObjectSource, other: Row, where: (other: Row) => Predicate): Sql[] {
    return [...(only ? [only(other)] : []), ...(visible ? [visible(this.#asking.actor, other)] : []), where(other)]
  }

  /** Whether there is one of these at all, related or not: PostgreSQL asks it once, and where there is none reads nothing else. */
  #any(target: ObjectSource, where: (other: Row) => Predicate): Predicate {
    const other = this.#row()
    return sql<boolean>`exists (select from ${target.table} as ${other} where ${other}.workspace_id = ${this.#asking.actor.workspaceId}::uuid
      and ${sql.join(this.#fitting(target, other, where), sql` and `)})`
  }

  #behaviour(part: BehaviourCondition, scope: SourceScope, row: Row, isNegated: boolean): Predicate {
    const behaviour = scope.behaviours?.find(({ key }) => key === part.behaviour)
    if (!behaviour) throw new Error(`There is no behaviour ${part.behaviour}.`)
    const time = instantTest(instantsWithin(part.within, this.#asking))
    const rows: Rows = (owner, owns) => {
      const it = this.#row()
      const parts = [
        behaviour.of(owner, it, owns),
        ...(part.within ? [predicate(time, { value: behaviour.at(it), cast: castOf('datetime') }, 'datetime')] : []),
        ...(time.from && behaviour.since ? [behaviour.since(it, sql`${time.from.value}::timestamptz`)] : []),
        ...(part.where ? [this.condition(part.where, scopeOfSource(behaviour), it)] : []),
      ]
      return { from: behaviour.from(it), where: sql.join(parts, sql` and `) }
    }
    return this.#counted(scope, row, { rows, count: part.count, isNegated })
  }

  /**
   * Whether an object has a row, or one that is shown as it. Two questions instead of one over both: the first is a plain join, and the few
   * that are shown as others are looked through once.
   */
  #some(scope: SourceScope, row: Row, { rows, isByReference }: Ways, isNegated = false): Predicate {
    let isByKey = false
    const byKey = rows(row, (key) => {
      isByKey = true
      return isNamed(key, sql`${row}.id`)
    })
    const { shownAs, table } = scope
    const no = isNegated ? sql`not ` : sql``
    // What an object names itself, such as its owner, is its own alone.
    if (!shownAs || !table || !isByKey) return sql`${no}exists (${selected(byKey)}${this.#rowByRow})`
    const other = this.#row()
    const others = sql`${table} as ${other} where ${other}.workspace_id = ${this.#asking.actor.workspaceId}::uuid
      and exists (${selected(rows(other, (key) => isNamed(key, sql`${other}.id`)))})`
    const joined = sql`select ${shownAs(other)} from ${others} and ${shownAs(other)} is not null`
    // Apart, so that PostgreSQL sees a join.
    if (isNegated && isByReference)
      return sql`(not exists (${selected(byKey)}${this.#rowByRow}) and not ${row}.id in (${joined}))`
    if (this.#reading === 'whole') {
      const own = isByReference ? keysOf(rows, this.#gathering()) : undefined
      return sql`${no}${row}.id in (${own ?? sql`select ${other}.id from ${others}`} union all ${joined})`
    }
    return sql`${no}(exists (${selected(byKey)}${this.#rowByRow}) or ${row}.id in (${joined}))`
  }

  /** Whether a relation leads anywhere. */
  #someRelated(scope: SourceScope, row: Row, ways: Ways, isNegated = false): Predicate {
    const { rows, joined } = ways
    if (!joined) return this.#some(scope, row, ways, isNegated)
    const exists = (way: Rows, how: Sql) => (owner: Row) =>
      sql<boolean>`exists (${selected(way(owner, (key) => isNamed(key, sql`${owner}.id`)))}${how})`
    // What was joined is little, and gathered without an offset that would ask all rows for it.
    const [own, over] = [exists(rows, this.#rowByRow), exists(joined, ways.isByReference ? sql`` : this.#rowByRow)]
    if (isNegated && ways.isByReference && this.#reading !== 'first') return sql`(not ${own(row)} and not ${over(row)})`
    return sql`${isNegated ? sql`not ` : sql``}${this.#either(scope, row, { own, joined: over })}`
  }

  /** True of what is true by itself, and of the few for which it takes a way over joined ones: those are looked through once. */
  #either(
    scope: SourceScope,
    row: Row,
    { own, joined }: Record<'own' | 'joined', (owner: Row) => Predicate>,
  ): Predicate {
    const { table } = scope
    if (!table) return sql`(${own(row)} or ${joined(row)})`
    const among = (asked: (owner: Row) => Predicate) => {
      const owner = this.#row()
      return sql`select ${owner}.id from ${table} as ${owner}
        where ${owner}.workspace_id = ${this.#asking.actor.workspaceId}::uuid and ${asked(owner)}`
    }
    return this.#reading === 'whole'
      ? sql`${row}.id in (${among(own)} union all ${among(joined)})`
      : sql`(${own(row)} or ${row}.id in (${among(joined)}))`
  }

  /** Whether as many rows as asked for exist. Counting stops as soon as the answer is known. */
  #counted(scope: SourceScope, row: Row, asked: Ways & { count: Count | undefined; isNegated: boolean }): Predicate {
    const { rows, joined, isNegated } = asked
    const { op, value } = asked.count ?? { op: 'gte', value: 1 }
    const again = (count: Count | undefined) => this.#counted(scope, row, { ...asked, count, isNegated: !isNegated })
    if (op === 'lte') return again({ op: 'gte', value: value + 1 })
    if (op === 'gte' && value === 0) return isNegated ? sql`false` : sql`true`
    if (value === 0) return again(undefined)
    if (op === 'gte' && value === 1) return this.#someRelated(scope, row, asked, isNegated)
    const no = isNegated ? sql`not ` : sql``
    const limit = op === 'eq' ? value + 1 : value
    const owns = ownsOf(scope, row)
    if (asked.isByReference && this.#reading === 'whole' && !isNegated) {
      const among = withSoMany(rows, scope, {
        ...this.#gathering(),
        having: sql`${sql.raw(op === 'eq' ? '=' : '>=')} ${value}`,
      })
      if (among) return sql`${row}.id in (${among})`
    }
    const own = selected(rows(row, owns))
    const all = joined ? sql`${own} union all ${selected(joined(row, owns))}` : own
    return sql`${no}((select count(*) from (${all} limit ${limit}) as counted) = ${value})`
  }

  #gathering = (): Gathering => ({ workspaceId: this.#asking.actor.workspaceId, here: this.#row() })

  /** With an offset PostgreSQL asks row by row, instead of gathering all that could be asked for. */
  get #rowByRow(): Sql {
    return this.#reading === 'first' ? sql` offset 0` : sql``
  }

  #row(): Row {
    return sql.ref(`r${++this.#rows}`)
  }
}
