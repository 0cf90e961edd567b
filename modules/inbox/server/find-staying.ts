import type { Tx } from '#platform/server/database'
import type { Actor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import type { Access } from './uses.ts'

/** The operator, unless they left. */
export async function findStaying(
  tx: Tx,
  access: Pick<Access, 'actorOf'>,
  operatorId: string,
): Promise<Actor | undefined> {
  try {
    return await access.actorOf(tx, operatorId)
  } catch (error) {
    if (error instanceof Problem && error.code === 'access.operator_not_found') return undefined
    throw error
  }
}
