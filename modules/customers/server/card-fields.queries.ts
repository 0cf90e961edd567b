import { sql } from 'kysely'
import { column, named } from '#platform/server/objects/declare'
import type { FieldSource, Row } from '#platform/server/objects/source'

/** Every card has them. */
export const moments: readonly FieldSource[] = [
  {
    key: 'createdAt',
    type: 'datetime',
    label: named('Created', 'Создана'),
    isRequired: true,
    sort: true,
    read: column('created_at'),
  },
  {
    key: 'updatedAt',
    type: 'datetime',
    label: named('Changed', 'Изменена'),
    isRequired: true,
    sort: true,
    read: column('updated_at'),
  },
]

/** What a form and an import may say. */
export const given = { edit: true, import: true } as const

/** True of an employment that is not over. */
export const worksThere = (link: Row) => sql`(${link}.until is null or ${link}.until > current_date)`
