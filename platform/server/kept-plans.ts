import { hash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'

const MARK = '/* plan kept */ '
/** A text that is not always the same would fill the memory of every connection; from here on nothing more is kept. */
const MOST = 200
const names = new Map<string, string>()
/** What the texts look like when lists of values in them are one value long. */
const shapes = new Set<string>()

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

/**
 * The name under which a connection keeps the plan of this text; undefined for one whose plan is not kept.
 * @throws what would be planned anew with other values: a mistake of whoever wrote it, told when it is first asked
 */
export function planName(text: string, values: readonly unknown[]): string | undefined {
  if (!text.startsWith(MARK)) return undefined
  let name = names.get(text)
  if (!name && names.size < MOST) {
    refusePlainArrays(text, values)
    refuseLists(text)
    name = `okno ${hash('sha1', text)}`
    names.set(text, name)
  }
  return name
}

const refused = (why: string, text: string) =>
  new Error(
    `This plan would not be kept: ${why}. Give the values by anyOf, allOf, uuids or texts of kept-plans.ts.\n${text}`,
  )

/** @throws for an array that stands by itself: PostgreSQL counts its members and plans for so many */
function refusePlainArrays(text: string, values: readonly unknown[]): void {
  for (const [placed, before, number, isCast] of text.matchAll(/(\(select (?:unnest\()?)?\$(\d+)(::[\w.]+\[\])?/g)) {
    const isArray = isCast !== undefined || Array.isArray(values[Number(number) - 1])
    if (isArray && before === undefined) throw refused(`${placed} is a plain array`, text)
  }
}

/** @throws for values that stand in the text one by one: it is another one for each number of them */
function refuseLists(text: string): void {
  if (/\bin \(\$\d/.test(text)) throw refused('it lists values after "in"', text)
  const shape = text
    .replaceAll(/\$\d+/g, '$')
    .replaceAll(/\$((?:::[\w.]+)?)(?:\s*,\s*\$\1)+/g, '$$$1')
    .replaceAll(/(\([$:\w.,\s]*\))(?:\s*,\s*\1)+/g, '$1')
  if (shapes.has(shape)) throw refused('its text grows with the number of values', text)
  shapes.add(shape)
}
