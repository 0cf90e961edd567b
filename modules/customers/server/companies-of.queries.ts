import { sql } from 'kysely'
import type { FieldSource, Row, Sql } from '#platform/server/objects/source'
import { worksThere } from './card-fields.queries.ts'

/**
 * Every job under each card by which its holder may be named: its own, the one that is shown for it, and those that were joined to the same one. Each
 * part goes by an index both from a company to cards and from a card to companies; one condition over all cards that are shown as one would not.
 */
const jobs = sql`(
  select job.workspace_id, job.company_id, job.until, job.person_id as card from customers.employments as job
  union all
  select job.workspace_id, job.company_id, job.until, hidden.id from customers.employments as job
    join customers.own_people as hidden on hidden.workspace_id = job.workspace_id and hidden.shown_as = job.person_id
  union all
  select job.workspace_id, job.company_id, job.until, worker.shown_as from customers.employments as job
    join customers.own_people as worker on worker.workspace_id = job.workspace_id and worker.id = job.person_id and worker.shown_as is not null
  union all
  select job.workspace_id, job.company_id, job.until, other.id from customers.employments as job
    join customers.own_people as worker on worker.workspace_id = job.workspace_id and worker.id = job.person_id and worker.shown_as is not null
    join customers.own_people as other on other.workspace_id = job.workspace_id and other.shown_as = worker.shown_as
)`

/**
 * Companies where a customer works now, as a field of whatever names one by the id of a card: that card may have been joined to another since,
 * and the job may stand on any of those that are shown as one.
 */
export const companiesOf = (personOf: (row: Row) => Sql): Pick<FieldSource, 'type' | 'target' | 'read'> => ({
  type: 'reference',
  target: 'company',
  read: {
    rows: (row, it) => ({
      from: sql`${jobs} as ${it}`,
      where: sql`${it}.workspace_id = ${row}.workspace_id and ${it}.card = ${personOf(row)} and ${worksThere(it)}`,
      value: sql`${it}.company_id`,
    }),
  },
})
