import type { WebModule } from '#platform/web'
import { meQuery, operatorsQuery, teamsQuery } from './access-api.ts'

/** Operators, teams and presence are short lists: they are read again whenever one of them changes. */
export const followAccess: NonNullable<WebModule['follow']> = (live, cache) => {
  const again = (queryKey: readonly string[]) => void cache.invalidateQueries({ queryKey })
  const againOperators = () => {
    again(operatorsQuery.queryKey)
    again(meQuery.queryKey)
  }
  live.on('access.operator_changed', againOperators)
  live.on('access.presence_changed', againOperators)
  live.on('access.workspace_changed', () => again(meQuery.queryKey))
  live.on('access.team_changed', () => again(teamsQuery.queryKey))
}
