import type { RawBuilder } from 'kysely'
import type { Actor, Role } from '#platform/shared/actor'
import type { FieldType, StoredType } from '#platform/shared/objects/field-types'
import type { FieldOption, Label } from '#platform/shared/objects/object'
import type { Tx } from '../database.ts'
import type { Formula } from './formula/formula.ts'

/** The alias of one row in a statement: `sql`${row}.city``. */
export type Row = RawBuilder<unknown>
export type Sql = RawBuilder<unknown>
/** True of a column that names an object: by its own id, or by the id of one that was joined to it. */
export type Owns = (key: Sql) => Sql

/** Where the values of a field come from. */
export type Reading =
  /** One expression over the row. `currency` makes an amount money. */
  | { readonly one: (row: Row) => Sql; readonly currency?: (row: Row) => Sql }
  /** Rows of another table; each has one value. */
  | { readonly rows: (row: Row, other: Row, owns: Owns) => { from: Sql; where: Sql; value: Sql } }
  /** An array column of texts. */
  | { readonly array: (row: Row) => Sql }
  /** The custom values of the object, under this name. */
  | { readonly json: string }
  /** A field of the one object to which a relation leads. */
  | { readonly via: { readonly relation: string; readonly field: string } }
  | { readonly formula: Formula }

/** A field as its module declares it. */
export interface FieldSource {
  readonly key: string
  /** Of a custom field. */
  readonly id?: string
  readonly type: FieldType
  readonly result?: StoredType
  readonly label: Label
  readonly help?: Label
  readonly options?: readonly FieldOption[]
  /** Keys of the options that somebody may choose; the others come about by themselves. All, unless said. */
  readonly offers?: readonly string[]
  /** Of a choice without options: the address of the API under which the words given so far are listed, `/tags`. */
  readonly wordsAt?: string
  readonly target?: string
  readonly isRequired?: boolean
  readonly isUnique?: boolean
  readonly isArchived?: boolean
  readonly default?: unknown
  readonly rights?: { readonly read: Role; readonly edit: Role }
  readonly read: Reading
  /** The texts are stored in lower case already, so an index on them serves. */
  readonly isFolded?: boolean
  /** May stand in conditions: yes unless said otherwise. */
  readonly filter?: boolean
  /** Lists may be in its order: only with an index behind it that serves the whole table. */
  readonly sort?: boolean
  /** Key of the field in whose order this one stands as well, so that one index serves both. */
  readonly sortedAs?: string
  readonly edit?: boolean
  readonly import?: boolean
}

/** Other objects. `link` is a table between the two, when there is one. */
export interface RelationSource {
  readonly key: string
  readonly label: Label
  readonly target: string
  readonly isOne?: boolean
  readonly link?: Sql
  readonly on: (row: Row, other: Row, link: Row, owns: Owns) => Sql
  /** The id by which a row names the other, when it does: of that one, or of one that was joined to it. */
  readonly names?: (row: Row) => Sql
  /** The row names the other in a value of its own: `link` holds that as `to_id`. */
  readonly isOwnReference?: boolean
  /** Least role that may ask of it: of a relation that follows from a field, the one that reads the field. */
  readonly readBy?: Role
}

/** Something that happens to an object: rows that name their owner and their time. */
export interface BehaviourSource {
  readonly key: string
  readonly label: Label
  /** The tables, with `it` as the alias of the row that is counted. */
  readonly from: (it: Row) => Sql
  /** True of rows that belong to `row`. */
  readonly of: (row: Row, it: Row, owns: Owns) => Sql
  /** `timestamptz` of the row. */
  readonly at: (it: Row) => Sql
  /** Follows from `at >= from`, and is served by an index that `at` itself does not have. */
  readonly since?: (it: Row, from: Sql) => Sql
  readonly fields?: readonly FieldSource[]
  /** Where fields with `via` lead; not offered to conditions. */
  readonly relations?: readonly RelationSource[]
}

/** Values by the keys of fields, built in and `custom.*`; null = empty. */
export type ValuesByField = Readonly<Record<string, unknown>>

/**
 * How an object is written by the keys of its fields. The owning module keeps its rules, history, audit and events here: it is the same change
 * as through its own API. Values come checked against the types of their fields.
 */
export interface ObjectWriter {
  /** Permission without which nobody writes it. */
  readonly permission: string
  /** The table whose rows are locked before a value is read that may be put back. */
  readonly table: string
  /** Resolves to the id of what was made. Left out by objects that nobody makes by their fields. @throws Problem */
  create?(tx: Tx, actor: Actor, values: ValuesByField): Promise<string>
  /** Replaces the values of the given fields; fields that hold rows of their own (addresses of a person) get them added. @throws Problem */
  change(tx: Tx, actor: Actor, id: string, values: ValuesByField): Promise<void>
  /** What else than the value it takes to put a field back, by id: read of locked objects before a change in bulk. */
  remember?(tx: Tx, ids: readonly string[], field: string): Promise<ReadonlyMap<string, unknown>>
  /** As `change`, for values that stood there before: with what was remembered of them. @throws Problem */
  putBack?(tx: Tx, actor: Actor, id: string, values: ValuesByField, memory: unknown): Promise<void>
  /** Takes back what was made by mistake, as far as nobody uses it. False when it stays. */
  takeBack?(tx: Tx, actor: Actor, id: string): Promise<boolean>
}

/** Where the parts of an object lie. Their table has the columns `workspace_id` and `id`, and an index over the wholes. */
export interface PartsSource {
  /** As the documents of the search call them. */
  readonly object: string
  readonly table: Sql
  /** The id of the one to which a part belongs. */
  readonly whole: (part: Row) => Sql
}

/** An object as its module declares it. Its table has the columns `workspace_id` and `id`. */
export interface ObjectSource {
  readonly key: string
  readonly label: { readonly one: Label; readonly many: Label }
  readonly table: Sql
  /** Where the rows of `table` lie, as `customers.people`: indexes on request stand there. Without it there are none. */
  readonly indexed?: string
  /** What narrows the table to this object, when it holds others too. */
  readonly only?: (row: Row) => Sql
  /** The id of the row in whose place this one is shown, null for most: what names either belongs to the one that is shown. */
  readonly shownAs?: (row: Row) => Sql
  /** There are so few that all are looked through before anything else: where none of them fits, nothing that leads to one does. */
  readonly isFew?: boolean
  /** Which rows the reader may see; all of the workspace unless said. */
  readonly visible?: (actor: Actor, row: Row) => Sql
  /** Permission without which nobody reads it. */
  readonly permission: string
  /** The name by which one is called. */
  readonly name: (row: Row) => Sql
  /** The field that stands first in a list, and leads to the object: `name` unless said. */
  readonly title?: string
  /** Where the API shows its picture, as a path; null without one. */
  readonly picture?: (row: Row) => Sql
  /** Documents of the search under which it is found as well, such as the messages of a talk. */
  readonly parts?: PartsSource
  /** The jsonb column of custom values; with it the object takes custom fields. Its table has the trigger of `platform.keep_references_of`. */
  readonly custom?: (row: Row) => Sql
  /** Without it the object is only read. */
  readonly write?: ObjectWriter
  readonly isCustom?: boolean
  readonly isArchived?: boolean
  readonly fields: readonly FieldSource[]
  readonly relations?: readonly RelationSource[]
  readonly behaviours?: readonly BehaviourSource[]
}

/** What a module adds to an object of a module that it stands on. */
export interface ObjectExtension {
  readonly extends: string
  readonly fields?: readonly FieldSource[]
  readonly relations?: readonly RelationSource[]
  readonly behaviours?: readonly BehaviourSource[]
}

/** What conditions are read in: an object, or one occurrence of a behaviour. */
export interface SourceScope {
  readonly fields: readonly FieldSource[]
  readonly relations?: readonly RelationSource[]
  readonly behaviours?: readonly BehaviourSource[]
  readonly custom?: ((row: Row) => Sql) | undefined
  readonly table?: Sql | undefined
  readonly shownAs?: ((row: Row) => Sql) | undefined
}
