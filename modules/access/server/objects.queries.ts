import { sql } from 'kysely'
import { column } from '#platform/server/objects/declare'
import type { ObjectSource } from '#platform/server/objects/source'

/** What conditions, lists and rights know of operators and teams. */
export const accessObjects: readonly ObjectSource[] = [
  {
    key: 'operator',
    isFew: true,
    label: { one: { en: 'Operator', ru: 'Оператор' }, many: { en: 'Operators', ru: 'Операторы' } },
    table: sql`access.operators`,
    permission: 'access.read',
    name: (row) => sql`${row}.name`,
    fields: [
      {
        key: 'id',
        type: 'reference',
        target: 'operator',
        label: { en: 'Operator', ru: 'Оператор' },
        isRequired: true,
        read: column('id'),
      },
      { key: 'name', type: 'text', label: { en: 'Name', ru: 'Имя' }, isRequired: true, read: column('name') },
      {
        key: 'role',
        type: 'choice',
        label: { en: 'Role', ru: 'Роль' },
        options: [
          { key: 'operator', label: { en: 'Operator', ru: 'Оператор' }, isArchived: false },
          { key: 'supervisor', label: { en: 'Supervisor', ru: 'Супервизор' }, isArchived: false },
          { key: 'administrator', label: { en: 'Administrator', ru: 'Администратор' }, isArchived: false },
        ],
        isRequired: true,
        read: column('role'),
      },
    ],
  },
  {
    key: 'team',
    label: { one: { en: 'Team', ru: 'Команда' }, many: { en: 'Teams', ru: 'Команды' } },
    table: sql`access.teams`,
    permission: 'access.read',
    name: (row) => sql`${row}.name`,
    fields: [
      {
        key: 'id',
        type: 'reference',
        target: 'team',
        label: { en: 'Team', ru: 'Команда' },
        isRequired: true,
        read: column('id'),
      },
      { key: 'name', type: 'text', label: { en: 'Name', ru: 'Название' }, isRequired: true, read: column('name') },
    ],
  },
]
