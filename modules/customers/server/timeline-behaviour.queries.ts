import { sql } from 'kysely'
import type { BehaviourSource, Row } from '#platform/server/objects/source'
import type { FieldOption, Label } from '#platform/shared/objects/object'

/** A fact about one entry: a value of its `data`. */
export interface EntryFact {
  readonly key: string
  readonly label: Label
  readonly type: 'text' | 'choice'
  readonly options?: readonly FieldOption[]
}

/**
 * What is recorded into the timeline under one kind, as a behaviour of a person: conditions may ask how often and when it happened. A module
 * offers its own kinds with it.
 */
export const timelineBehaviour = (kind: string, label: Label, facts: readonly EntryFact[] = []): BehaviourSource => ({
  key: kind,
  label,
  from: (it) => sql`customers.timeline as ${it}`,
  of: (row, it, owns) =>
    sql`${it}.workspace_id = ${row}.workspace_id and ${owns(sql`${it}.person_id`)} and ${it}.kind = ${sql.lit(kind)}`,
  at: (it) => sql`${it}.at`,
  fields: facts.map(({ key, ...fact }) => ({
    key,
    ...fact,
    read: { one: (it: Row) => sql`${it}.data ->> ${sql.lit(key)}` },
  })),
})
