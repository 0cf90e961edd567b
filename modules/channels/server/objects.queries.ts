import { sql } from 'kysely'
import { column } from '#platform/server/objects/declare'
import type { ObjectSource } from '#platform/server/objects/source'

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
