import { hash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'

const MARK = '/* plan kept */ '
/** A text that is not always the same would fill the memory of every connection; from here on nothing more is kept. */
const MOST = 200
const names = new Map<string, string>()

/**
 * A statement that each connection plans once (a prepared statement), for those whose plan costs more than their work: the card of a person takes
 * 7 ms to plan and 1 ms to read. Its text must be the same every time, only its values may differ, and any values must be served by one plan.
 */
export const keepPlan = <Row>(statement: RawBuilder<Row>): RawBuilder<Row> => sql<Row>`${sql.raw(MARK)}${statement}`

/**
 * Ids as a condition of a kept plan. Of a plain array PostgreSQL counts the members, plans for so many, and finds that cheaper than the plan for any,
 * at each execution anew.
 */
export const anyOf = (ids: readonly string[]): RawBuilder<unknown> => sql`any(${allOf(ids)})`

/** As `anyOf`, the ids alone: for what takes an array. */
export const allOf = (ids: readonly string[]): RawBuilder<unknown> => sql`array(select unnest(${[...ids]}::uuid[]))`

/** Arrays as they are given to `unnest` in a kept plan, for the same reason. */
export const uuids = (values: readonly string[]): RawBuilder<unknown> => sql`(select ${[...values]}::uuid[])`
export const texts = (values: readonly string[]): RawBuilder<unknown> => sql`(select ${[...values]}::text[])`

/** The name under which a connection keeps the plan of this text; undefined for one whose plan is not kept. */
export function planName(text: string): string | undefined {
  if (!text.startsWith(MARK)) return undefined
  let name = names.get(text)
  if (!name && names.size < MOST) {
    name = `okno ${hash('sha1', text)}`
    names.set(text, name)
  }
  return name
}
