import type { Platform } from '#platform/server/platform'
import { type Actor, systemActor } from '#platform/shared/actor'
import type { Modules } from '../modules.ts'
import { type AccountKey, accounts, type OperatorKey, operators, type TeamKey, teams } from './cast.ts'

/** The company's teams, people and channels, as they stand in the database. */
export interface Office {
  readonly teamIds: Readonly<Record<TeamKey, string>>
  readonly operators: Readonly<Record<OperatorKey, Actor & { readonly operatorId: string }>>
  readonly accounts: Readonly<
    Record<AccountKey, { readonly id: string; readonly kind: string; readonly name: string; readonly teamId: string }>
  >
}

/** Opens the office, or what is missing of it: teams first, then those who work in them and the channels that they answer. */
export async function openOffice(
  { access, channels }: Pick<Modules, 'access' | 'channels'>,
  platform: Platform,
  { workspaceId, password }: { workspaceId: string; password: string },
): Promise<Office> {
  const system = systemActor(workspaceId)
  const known = await platform.transaction(workspaceId, async (tx) => ({
    teams: [...(await access.teamNames(tx)).values()],
    operators: await access.operators(tx),
    accounts: [...(await channels.accounts(tx)).values()],
  }))
  const teamIds = await mapValues(
    teams,
    async (name) =>
      known.teams.find((team) => team.name === name)?.id ??
      (await access.createTeam(system, { name, operatorIds: [] })).id,
  )

  const hired = await mapValues(operators, async ({ teams: own, ...operator }) => {
    const made =
      known.operators.find(({ email }) => email === operator.email) ??
      (await access.createOperator(system, { ...operator, password, teamIds: own.map((team) => teamIds[team]) }))
    const actor = await platform.transaction(workspaceId, (tx) => access.actorOf(tx, made.id))
    return { ...actor, operatorId: made.id }
  })
  const opened = await mapValues(accounts, async ({ team, ...draft }) => {
    const { id } =
      known.accounts.find(({ kind, name }) => kind === draft.kind && name === draft.name) ??
      (await channels.createAccount(system, { ...draft, teamId: teamIds[team] }))
    // Answers of the demo must not leave this machine; the sandbox shows them.
    if (draft.kind === 'email' || draft.kind === 'api') await channels.leadToSandbox(workspaceId, id)
    return { id, kind: draft.kind, name: draft.name, teamId: teamIds[team] }
  })
  return { teamIds, operators: hired, accounts: opened }
}

async function mapValues<Key extends string, From, To>(
  record: Readonly<Record<Key, From>>,
  map: (value: From) => Promise<To>,
): Promise<Record<Key, To>> {
  const pairs: (readonly [string, To])[] = []
  for (const key of Object.keys(record) as Key[]) pairs.push([key, await map(record[key])]) // Object.keys forgets the names of keys
  return Object.fromEntries(pairs) as Record<Key, To> // made from the same keys
}
