import { sql } from 'kysely'
import type { ObjectSource, Row } from '#platform/server/objects/source'

const column = (name: string) => ({ one: (row: Row) => sql`${row}.${sql.ref(name)}` })

/** What conditions, lists and rights know of channel accounts. */
export const accountObject: ObjectSource = {
  key: 'account',
  label: {
    one: { en: 'Channel account', ru: 'Аккаунт канала' },
    many: { en: 'Channel accounts', ru: 'Аккаунты каналов' },
  },
  table: sql`channels.accounts`,
  permission: 'channels.read',
  name: (row) => sql`${row}.name`,
  fields: [
    {
      key: 'id',
      type: 'reference',
      target: 'account',
      label: { en: 'Channel account', ru: 'Аккаунт канала' },
      isRequired: true,
      read: column('id'),
    },
    { key: 'name', type: 'text', label: { en: 'Name', ru: 'Название' }, isRequired: true, read: column('name') },
    { key: 'kind', type: 'choice', label: { en: 'Channel', ru: 'Канал' }, isRequired: true, read: column('kind') },
  ],
}
