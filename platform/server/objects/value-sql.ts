import { sql } from 'kysely'
import type { Family } from '#platform/shared/objects/field-types'
import type { Sql } from './source.ts'

/** One value in a statement, and how a parameter that is compared with it is typed. */
export interface ValueSql {
  readonly value: Sql
  readonly cast: Sql
  /** Of an amount. */
  readonly currency?: Sql
  /** The beginning of the text in lower case: short enough for an index, whatever was stored. */
  readonly head?: Sql
  /** The text is in lower case as it is stored. */
  readonly isFolded?: boolean
  /** Dates, times and instants kept as texts, which sort as time does. */
  readonly isText?: boolean
}

/**
 * Characters of a text that an index holds: with four bytes each they stay below the 2704 that a row of a B-tree takes. A longer row would make
 * the write fail, and what strangers send is of any length.
 */
const HEAD_LENGTH = 256
/** The longest moment is `2027-01-31T10:00:00.000+05:00`; what is longer is none, and has no place in an index. */
export const MOMENT_LENGTH = 40

/** As `head`, of a value that is compared with it. */
export const headOf = (text: Sql): Sql => sql`left(lower(${text}), ${sql.lit(HEAD_LENGTH)})`

const CASTS: Record<Family, string> = {
  text: 'text',
  number: 'numeric',
  money: 'numeric',
  date: 'date',
  time: 'time',
  datetime: 'timestamptz',
  boolean: 'boolean',
  choice: 'text',
  reference: 'uuid',
  address: 'text',
  file: 'text',
}

/** The type in which PostgreSQL compares a family. */
export const castOf = (family: Family): Sql => sql.raw(CASTS[family])

/**
 * A custom value by its key. Each reads only what has the right form, so that a value from before the field was declared, or of another
 * type, is empty instead of an error; indexes on request are made of the same expressions.
 */
export function jsonValue(custom: Sql, key: string, family: Family): ValueSql {
  const name = sql.lit(key)
  const text = textAt(sql`${custom} -> ${name}`, sql`${custom} ->> ${name}`)
  switch (family) {
    case 'text':
      return { value: text, head: headOf(text), cast: castOf('text') }
    case 'choice':
    case 'file':
      return { value: text, cast: castOf('text') }
    case 'date':
    case 'time':
    case 'datetime':
      return {
        value: sql`(case when length(${text}) <= ${sql.lit(MOMENT_LENGTH)} then ${text} end) collate "C"`,
        cast: castOf('text'),
        isText: true,
      }
    case 'number':
      return { value: numberAt(sql`${custom} -> ${name}`), cast: castOf('number') }
    case 'money':
      return {
        value: numberAt(sql`${custom} -> ${name} -> 'amount'`),
        currency: sql`${custom} -> ${name} ->> 'currency'`,
        cast: castOf('money'),
      }
    case 'boolean':
      return {
        value: sql`(case when jsonb_typeof(${custom} -> ${name}) = 'boolean' then (${custom} -> ${name})::boolean end)`,
        cast: castOf('boolean'),
      }
    case 'reference':
      return {
        value: sql`(case when ${custom} ->> ${name} ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then (${custom} ->> ${name})::uuid end)`,
        cast: castOf('reference'),
      }
    case 'address':
      return {
        value: textAt(sql`${custom} -> ${name} -> 'text'`, sql`${custom} -> ${name} ->> 'text'`),
        cast: castOf('text'),
      }
  }
}

const textAt = (json: Sql, text: Sql) => sql`(case when jsonb_typeof(${json}) = 'string' then ${text} end)`
const numberAt = (json: Sql) => sql`(case when jsonb_typeof(${json}) = 'number' then (${json})::numeric end)`
