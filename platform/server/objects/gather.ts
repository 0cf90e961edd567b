import { sql } from 'kysely'
import { isNamed, type Rows } from './scope.ts'
import type { Row, SourceScope, Sql } from './source.ts'

/** Where what belongs to anybody is gathered; `here`: an alias that the statement does not use. */
export interface Gathering {
  readonly workspaceId: string
  readonly here: Row
}

export const selected = ({ from, where }: ReturnType<Rows>): Sql => sql`select from ${from} where ${where}`

/** Ids of those to whom rows belong, as often as rows belong to them, read from the rows alone; undefined when these do not name them. */
export function keysOf(rows: Rows, { workspaceId, here }: Gathering): Sql | undefined {
  let named: Sql | undefined
  const { from, where } = rows(here, (key) => {
    named = key
    return sql`true`
  })
  return (
    named && sql`select ${named} from (select ${workspaceId}::uuid as workspace_id) as ${here}, ${from} where ${where}`
  )
}

/** Ids of those to whom as many rows belong as `having` says (`>= 2`), together with what belongs to those that are shown as them. */
export function withSoMany(
  rows: Rows,
  { shownAs, table }: SourceScope,
  { having, ...gathering }: Gathering & { having: Sql },
): Sql | undefined {
  const keys = keysOf(rows, gathering)
  if (!keys || !shownAs || !table) return undefined
  const { workspaceId, here } = gathering
  const { from, where } = rows(here, (key) => isNamed(key, sql`${here}.id`))
  return sql`select id from (
      ${keys} union all
      select ${shownAs(here)} from ${table} as ${here}, ${from}
      where ${here}.workspace_id = ${workspaceId}::uuid and ${shownAs(here)} is not null and ${where}
    ) as each (id) group by id having count(*) ${having}`
}
