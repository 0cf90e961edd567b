import { sql } from 'kysely'
import { column, named, option } from '#platform/server/objects/declare'
import type { ObjectSource } from '#platform/server/objects/source'

/** The kinds of channels under the names that people know. A kind that is missing here is told by its key. */
const channelKinds = [
  option('email', 'E-mail', 'Почта'),
  option('webchat', 'Site chat', 'Чат на сайте'),
  option('form', 'Form', 'Форма'),
  option('callback', 'Callback', 'Обратный звонок'),
  option('api', 'API', 'API'),
]

/** What conditions, lists and rights know of channel accounts. */
export const accountObject: ObjectSource = {
  key: 'account',
  label: {
    one: { en: 'Channel account', ru: 'Аккаунт канала' },
    many: { en: 'Channel accounts', ru: 'Аккаунты каналов' },
  },
  table: sql`channels.accounts`,
  isFew: true,
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
    {
      key: 'kind',
      type: 'choice',
      options: channelKinds,
      label: named('Channel', 'Канал'),
      isRequired: true,
      read: column('kind'),
    },
  ],
}
