import type { Tx } from '#platform/server/database'
import { type Catalogue, mayRead } from '#platform/server/objects/catalogue'
import { type Asking, compileCondition } from '#platform/server/objects/compile'
import {
  type Counted,
  countFound,
  filterIds,
  findIds,
  findNames,
  type Search,
  truthOf,
} from '#platform/server/objects/find'
import type { Sort } from '#platform/server/objects/order'
import type { Predicate } from '#platform/server/objects/predicate'
import type { Row } from '#platform/server/objects/source'
import { findValues } from '#platform/server/objects/values'
import type { Actor } from '#platform/shared/actor'
import { checkCondition } from '#platform/shared/objects/check'
import { asksNothing, type Condition, innerParts } from '#platform/shared/objects/condition'
import type { Page } from '#platform/shared/page'
import { Problem } from '#platform/shared/problems'
import type { CustomValues, FieldValues, Why } from '../contract/index.ts'
import { objectNotFound } from './describe-objects.ts'
import { findByWords } from './find-by-words.ts'

/** A list, as somebody asks for it. */
export interface ListQuestion {
  readonly object: string
  readonly condition?: Condition | undefined
  /** Words to be found by: then the best finds come first, and `sort` says nothing. */
  readonly q?: string | undefined
  readonly sort: readonly Sort[]
  readonly cursor?: string | undefined
  readonly limit: number
}

/** What one actor may ask about objects in one transaction. */
export class Questions {
  readonly catalogue: Catalogue
  readonly asking: Asking
  readonly #tx: Tx
  readonly #hidden = new Map<string, ReadonlySet<string>>()

  constructor(tx: Tx, catalogue: Catalogue, asking: Asking) {
    this.#tx = tx
    this.catalogue = catalogue
    this.asking = asking
  }

  get #actor(): Actor {
    return this.asking.actor
  }

  describe = (key: string) => this.catalogue.describe(key, this.#actor)

  /** Everything wrong with a condition, or the condition. */
  check = (object: string, given: unknown) => checkCondition(given, object, this.describe)

  /**
   * A condition that fits.
   * @throws Problem `objects.condition_wrong` (422) with one error per place; `path` is a JSON pointer
   */
  checked(object: string, given: unknown): Condition {
    if (!this.describe(object)) throw objectNotFound(object)
    const result = this.check(object, given)
    if ('condition' in result) return result.condition
    throw new Problem('objects.condition_wrong', 422, 'The condition does not fit.', {
      errors: result.problems.map(({ pointer, code, message }) => ({ path: pointer, code, message })),
    })
  }

  /**
   * A condition that came as JSON text, such as the `filter` of a list; undefined for an empty one.
   * @throws Problem `objects.condition_wrong`
   */
  read(object: string, text: string | undefined): Condition | undefined {
    return text === undefined || text === '' ? undefined : this.checked(object, fromJson(text))
  }

  /** One page of ids. @throws Problem `objects.not_sortable`, `objects.too_slow`, `request.cursor` */
  async find({ object, condition, q = '', ...page }: ListQuestion): Promise<Page<string>> {
    if (q.trim() === '') {
      this.#assertKnown(object, page.sort)
      return findIds(this.#tx, this.#search(object, condition), page)
    }
    const { parts, visible } = this.catalogue.source(object)
    return findByWords(this.#tx, {
      ...page,
      q,
      object,
      parts,
      isNarrowed: !asksNothing(condition) || visible !== undefined || parts !== undefined,
      fitting: (ids) => filterIds(this.#tx, this.#search(object, condition), ids),
    })
  }

  /** Those of the ids that satisfy the condition, in the order in which they come. */
  async filter(object: string, condition: Condition, ids: readonly string[]): Promise<string[]> {
    const found = await filterIds(this.#tx, this.#search(object, condition), ids)
    return ids.filter((id) => found.has(id))
  }

  /** Custom values without those of fields above the actor's role. Values that no field describes are seen by all. */
  readable(object: string, custom: CustomValues): CustomValues {
    const hidden = this.hiddenKeys(object)
    return hidden.size === 0 ? custom : Object.fromEntries(Object.entries(custom).filter(([key]) => !hidden.has(key)))
  }

  /** Keys of custom values that the actor's role may not read. Asked of every row of a page. */
  hiddenKeys(object: string): ReadonlySet<string> {
    let keys = this.#hidden.get(object)
    if (!keys) {
      const hidden = this.catalogue.source(object).fields.filter((field) => !mayRead(this.#actor, field))
      keys = new Set(hidden.flatMap(({ read }) => ('json' in read ? read.json : [])))
      this.#hidden.set(object, keys)
    }
    return keys
  }

  /** The condition as SQL over a row, for lists with an order of their own. */
  predicate =
    (object: string, condition: Condition) =>
    (row: Row): Predicate =>
      compileCondition(this.catalogue, object, condition, { row, asking: this.asking })

  count = (object: string, condition: Condition): Promise<Counted> =>
    countFound(this.#tx, this.#search(object, condition))

  /** Names of objects, by id or by words in them. @throws Problem `objects.object_not_found` */
  async names(object: string, wanted: { q?: string | undefined; ids?: readonly string[] | undefined; limit: number }) {
    if (!this.describe(object)) throw objectNotFound(object)
    return findNames(this.#tx, this.#search(object), wanted)
  }

  /**
   * What objects hold in some fields, in the order of the ids; those that the actor cannot see are left out.
   * @throws Problem `objects.object_not_found`, `objects.column_unknown`
   */
  async values(object: string, ids: readonly string[], fields: readonly string[]): Promise<FieldValues[]> {
    this.assertColumns(object, fields)
    return findValues(this.#tx, this.#search(object), ids, fields)
  }

  /** @throws Problem `objects.object_not_found`, `objects.column_unknown` (422) with one error per field; `path` is its place among them */
  assertColumns(object: string, fields: readonly string[]): void {
    const described = this.describe(object)
    if (!described) throw objectNotFound(object)
    const known = new Set(described.fields.map(({ key }) => key))
    const errors = fields.flatMap((field, i) =>
      known.has(field)
        ? []
        : [{ path: `${i}`, code: 'objects.column_unknown', message: `There is no field ${field}.` }],
    )
    if (errors.length > 0) throw new Problem('objects.column_unknown', 422, 'Some columns are no fields.', { errors })
  }

  /** @throws Problem `objects.not_sortable` */
  assertSort(object: string, sorts: readonly Sort[]): void {
    const fields = this.describe(object)?.fields
    const wrong = sorts.find(({ field }) => !fields?.find(({ key }) => key === field)?.can.sort)
    if (wrong) throw notSortable(wrong.field)
  }

  /** What a role may not read does not order lists for it either: an order, and the cursor in it, tell values. @throws Problem `objects.not_sortable` */
  #assertKnown(object: string, sorts: readonly Sort[]): void {
    const { fields } = this.catalogue.source(object)
    const isHidden = (key: string | undefined) =>
      fields.some((field) => field.key === key && !mayRead(this.#actor, field))
    const wrong = sorts.find(
      ({ field }) => isHidden(field) || isHidden(fields.find(({ key }) => key === field)?.sortedAs),
    )
    if (wrong) throw notSortable(wrong.field)
  }

  /** Which parts of a condition are true of one object; undefined when the actor cannot see it. */
  async why(object: string, condition: Condition, id: string): Promise<Why | undefined> {
    const parts = partsOf(condition)
    const truth = await truthOf(
      this.#tx,
      this.#search(object),
      id,
      parts.map(({ part }) => part),
    )
    if (!truth) return undefined
    const shown = parts.map(({ pointer }, i) => ({ pointer, isTrue: truth[i] ?? false }))
    return { isTrue: shown[0]?.isTrue ?? false, parts: shown }
  }

  #search(object: string, condition?: Condition): Search {
    return { catalogue: this.catalogue, object, condition, asking: this.asking }
  }
}

const notSortable = (field: string) =>
  new Problem('objects.not_sortable', 422, `Lists are not sorted by ${field}.`, { params: { field } })

/** The condition and its groups' parts; what lies inside a relation or behaviour is not asked of this object. */
function partsOf(part: Condition, pointer = ''): { part: Condition; pointer: string }[] {
  const isGroup = 'all' in part || 'any' in part || 'not' in part
  const inner = isGroup ? innerParts(part) : []
  return [
    { part, pointer },
    ...inner.flatMap(({ part: child, steps }) => partsOf(child, `${pointer}/${steps.join('/')}`)),
  ]
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** `-createdAt,name` → newest first, equal ones by name. */
export const readSort = (text: string): Sort[] =>
  text
    .split(',')
    .filter((word) => word !== '')
    .map((word) =>
      word.startsWith('-') ? { field: word.slice(1), direction: 'desc' } : { field: word, direction: 'asc' },
    )
