import { randomInt } from 'node:crypto'
import type { Platform } from '#platform/server/platform'
import { systemActor } from '#platform/shared/actor'
import type { AccessContext } from './context.ts'
import { addOperator } from './create-operator.ts'
import { findFirstAdministrator } from './operators.queries.ts'
import { findOrInsertWorkspace, lockFirstStart } from './workspace.queries.ts'

export interface FirstWorkspace {
  workspaceId: string
  /** The first administrator. */
  operatorId: string
  email: string
  /** True when this call made the administrator. */
  created: boolean
  /** Only when it was made up by this call: to be shown once. */
  password?: string
}

const DEFAULT_EMAIL = 'admin@okno.local'

/**
 * Makes the first workspace and its administrator unless they are there. Safe when several processes start at once.
 *
 * @param first.beforeCommit runs in the one process that makes the administrator, before anybody can sign in as them: what it keeps
 *   outlives a process that dies at any moment. It may run again for one who was not made after all.
 */
export async function ensureWorkspace(
  context: AccessContext & Pick<Platform, 'database'>,
  {
    name,
    admin,
    beforeCommit,
  }: {
    name: string
    admin: { email: string | undefined; password: string | undefined }
    beforeCommit?: (made: { email: string; password?: string }) => Promise<void>
  },
): Promise<FirstWorkspace> {
  const workspaceId = await context.database.system(async (tx) => {
    await lockFirstStart(tx)
    return findOrInsertWorkspace(tx, name)
  })
  const existing = await context.transaction(workspaceId, findFirstAdministrator)
  if (existing) return { workspaceId, operatorId: existing.id, email: existing.email, created: false }

  const madeUp = admin.password === undefined ? readablePassword() : undefined
  const passwordHash = await context.hashPassword(admin.password ?? madeUp ?? '')
  return context.transaction(workspaceId, async (tx) => {
    await lockFirstStart(tx)
    const other = await findFirstAdministrator(tx)
    if (other) return { workspaceId, operatorId: other.id, email: other.email, created: false }
    const { id, email } = await addOperator(tx, context, systemActor(workspaceId), {
      name: 'Администратор',
      email: (admin.email ?? DEFAULT_EMAIL).toLowerCase(),
      role: 'administrator',
      capacity: 8,
      teamIds: [],
      passwordHash,
    })
    const made = { email, ...(madeUp ? { password: madeUp } : {}) }
    await beforeCommit?.(made)
    return { workspaceId, operatorId: id, created: true, ...made }
  })
}

/** No letters that are taken for one another or for digits. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Four groups of four, such as `k7mp-wq3x-9fza-tn4e`: 79 bits, can be read out over a phone. */
const readablePassword = () =>
  Array.from({ length: 4 }, () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('')).join(
    '-',
  )
