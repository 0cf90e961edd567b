import { hashPassword } from 'better-auth/crypto'
import type { Tx } from '#platform/server/database'
import type { Module } from '#platform/server/module'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import type { NewOperator, TeamDraft } from '../contract/index.ts'
import { findActor } from './accounts.queries.ts'
import { toActor } from './actor.ts'
import { operatorNotFound } from './assert-known.ts'
import { createAuthentication } from './authentication.ts'
import { confirmPassword } from './confirm-password.ts'
import type { AccessContext } from './context.ts'
import { createOperator } from './create-operator.ts'
import { ensureWorkspace } from './ensure-workspace.ts'
import { keepFixedKey } from './keep-fixed-key.ts'
import { keyRoutes } from './key-routes.ts'
import { createSessionLookup } from './look-up-session.ts'
import { accessObjects } from './objects.queries.ts'
import { findOperatorNames, findOperators, findPresentOperators } from './operators.queries.ts'
import { followPresence } from './presence.ts'
import { routes } from './routes.ts'
import { createTeam } from './save-team.ts'
import { sessionRoutes } from './session-routes.ts'
import { createSignIn } from './sign-in.ts'
import { signInRoutes } from './sign-in-routes.ts'
import { teamRoutes } from './team-routes.ts'
import { findOperatorsOfTeams, findTeamNames } from './teams.queries.ts'
import { findWorkspace } from './workspace.queries.ts'

/** Who works here, how they sign in, what they may do, who is present. */
export function createAccess(platform: Platform) {
  const { transaction, database, events, now, config } = platform
  const signIn = createSignIn(platform)
  const lookUpSession = createSessionLookup(database, signIn)
  const { forget } = createAuthentication(platform, signIn, lookUpSession)
  const presence = followPresence(platform)
  const context: AccessContext = { transaction, events, now, hashPassword, forget }

  return {
    name: 'access',
    /** What the registry of objects knows of operators and teams. */
    objects: accessObjects,
    routes: (http) => {
      signInRoutes(http, { platform, signIn, forget })
      routes(http, context, lookUpSession)
      teamRoutes(http, context)
      keyRoutes(http, context, signIn)
      sessionRoutes(http, context, lookUpSession)
    },
    start: () => keepFixedKey(database, config.apiKey),
    stop: presence.settled,

    /** Operators by id, also those who left; without ids everybody who works here. By name. */
    operators: (tx: Tx, ids?: readonly string[]) => findOperators(tx, { now: now(), ids }),
    operatorNames: findOperatorNames,
    teamNames: findTeamNames,
    operatorsOfTeams: findOperatorsOfTeams,
    /** Who may be given new conversations now: available and seen less than a minute ago. By id. */
    presentOperators: (tx: Tx) => findPresentOperators(tx, now()),
    /** The operator as one who acts. @throws Problem `access.operator_not_found` also for one who left */
    actorOf: async (tx: Tx, operatorId: string): Promise<Actor> => {
      const found = await findActor(tx, operatorId)
      if (!found) throw operatorNotFound()
      return toActor(found)
    },
    /** Name, language and time zone of the company. */
    businessWorkspace: findWorkspace,
    /** @throws Problem `access.invalid_password`, `access.too_many_attempts` */
    confirmPassword: (actor: Actor, password: string) => confirmPassword({ database, now }, actor, password),
    createOperator: (actor: Actor, draft: NewOperator) => createOperator(context, actor, draft),
    createTeam: (actor: Actor, draft: TeamDraft) => createTeam(context, actor, draft),
    ensureWorkspace: (first: Parameters<typeof ensureWorkspace>[1]) => ensureWorkspace({ ...context, database }, first),
  } satisfies Module & Record<string, unknown>
}
export type Access = ReturnType<typeof createAccess>
