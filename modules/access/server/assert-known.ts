import type { Tx } from '#platform/server/database'
import { Problem } from '#platform/shared/problems'
import { findOperators } from './operators.queries.ts'
import { findKnownTeams } from './teams.queries.ts'

/** @throws Problem `access.unknown_team` */
export async function assertTeamsExist(tx: Tx, teamIds: readonly string[]): Promise<void> {
  const known = await findKnownTeams(tx, teamIds)
  if (teamIds.some((id) => !known.includes(id))) {
    throw new Problem('access.unknown_team', 422, 'There is no such team.')
  }
}

/** @throws Problem `access.unknown_operator` for ids of nobody who works here */
export async function assertOperatorsWorkHere(tx: Tx, now: Date, operatorIds: readonly string[]): Promise<void> {
  const found = await findOperators(tx, { now, ids: operatorIds })
  const working = new Set(found.filter(({ isArchived }) => !isArchived).map(({ id }) => id))
  if (operatorIds.some((id) => !working.has(id))) {
    throw new Problem('access.unknown_operator', 422, 'There is no such operator.')
  }
}

export const operatorNotFound = () => new Problem('access.operator_not_found', 404, 'There is no such operator.')
export const teamNotFound = () => new Problem('access.team_not_found', 404, 'There is no such team.')
