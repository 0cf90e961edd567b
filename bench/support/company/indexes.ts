import type pg from 'pg'
import { withClient } from './client.ts'

/** Takes away every index that is not a constraint; the answer makes them again, two at a time. Building is quicker than keeping up. */
export async function rebuildIndexes(db: pg.Client, adminUrl: string): Promise<() => Promise<void>> {
  const { rows } = await db.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
    from pg_index join pg_class on pg_class.oid = indrelid join pg_namespace on pg_namespace.oid = relnamespace
    where nspname in ('customers', 'channels', 'inbox', 'platform') and not exists (select from pg_constraint where conindid = indexrelid)
    -- The longest first, so that two at a time end together.
    order by pg_get_indexdef(indexrelid) not like '%gin%', 1`,
  )
  for (const { name } of rows) await db.query(`drop index ${name}`)
  return async () => {
    const left = [...rows]
    const worker = () =>
      withClient(adminUrl, async (client) => {
        for (let one = left.shift(); one; one = left.shift()) await client.query(one.definition)
      })
    await Promise.all([worker(), worker()])
  }
}
