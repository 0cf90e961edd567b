import type { Role } from '#platform/shared/actor'

/**
 * Every permission and the least role that holds it. Rows are narrowed further where a module says so: an operator
 * sees conversations of their own, of their teams and of nobody's.
 */
export const permissions = {
  'customers.read': 'operator',
  'customers.edit': 'operator',
  'customers.manage': 'administrator',
  'customers.personal_data': 'administrator',
  'inbox.read': 'operator',
  'inbox.reply': 'operator',
  'inbox.assign': 'operator',
  'inbox.read_all': 'supervisor',
  'inbox.settings': 'administrator',
  'channels.read': 'operator',
  'channels.manage': 'administrator',
  'channels.arrivals': 'administrator',
  'access.read': 'operator',
  'access.manage': 'administrator',
  'objects.read': 'operator',
  'objects.edit': 'operator',
  'objects.share': 'supervisor',
  'objects.manage': 'administrator',
  'exchange.import': 'supervisor',
  'integrations.manage': 'administrator',
  'exchange.export': 'supervisor',
  'exchange.archive': 'administrator',
} as const satisfies Record<string, Role>
export type Permission = keyof typeof permissions

const RANK: Record<Role, number> = { operator: 0, supervisor: 1, administrator: 2 }

/** Permissions of a role: its own and those of every role below it. */
export const permissionsOf = (role: Role): Permission[] =>
  (Object.keys(permissions) as Permission[]).filter((name) => RANK[permissions[name]] <= RANK[role])
