import type { Actor } from '#platform/shared/actor'
import { type Permission, permissionsOf } from '../contract/index.ts'
import type { ActorRow } from './accounts.queries.ts'

const held = {
  operator: new Set<string>(permissionsOf('operator')),
  supervisor: new Set<string>(permissionsOf('supervisor')),
  administrator: new Set<string>(permissionsOf('administrator')),
}

/** An operator as one who acts, with the rights of the role. */
export const toActor = ({ workspaceId, operatorId, name, role, teamIds, onlyTools }: ActorRow): OperatorActor => ({
  workspaceId,
  operatorId,
  name,
  role,
  teamIds,
  ...(onlyTools ? { onlyTools } : {}),
  can: (permission) => held[role].has(permission),
})

/** An actor who is a person. */
export interface OperatorActor extends Actor {
  readonly operatorId: string
  readonly role: ActorRow['role']
}

/** The person behind a request: routes that need a sign-in always have one. */
export function asOperator(actor: Actor): OperatorActor {
  if (actor.operatorId === null || actor.role === 'system') throw new Error('Okno itself called a route.')
  return { ...actor, operatorId: actor.operatorId, role: actor.role }
}

export const permissionsOfActor = (actor: OperatorActor): Permission[] => permissionsOf(actor.role)
