import { audit } from '#platform/server/audit.queries'
import type { Tx } from '#platform/server/database'
import type { Actor } from '#platform/shared/actor'
import { type Changes, changedOnly, changesBetween } from '#platform/shared/changes'
import { Problem } from '#platform/shared/problems'
import { type Team, type TeamDraft, type TeamPatch, teamChanged } from '../contract/index.ts'
import { assertOperatorsWorkHere, teamNotFound } from './assert-known.ts'
import type { AccessContext } from './context.ts'
import { findTeam, insertTeam, isTeamNameTaken, lockTeam, replaceMembers, updateTeam } from './teams.queries.ts'

const nameTaken = () => new Problem('access.team_name_taken', 409, 'There is a team of this name already.')

/** @throws Problem `access.team_name_taken`, `access.unknown_operator` */
export async function createTeam(context: AccessContext, actor: Actor, draft: TeamDraft): Promise<Team> {
  return context.transaction(actor.workspaceId, async (tx) => {
    await assertOperatorsWorkHere(tx, context.now(), draft.operatorIds)
    const id = await insertTeam(tx, draft.name)
    if (!id) throw nameTaken()
    return finish(tx, context, actor, { id, action: 'created', patch: draft })
  })
}

/** @throws Problem `access.team_not_found`, `access.team_name_taken`, `access.unknown_operator` */
export async function changeTeam(context: AccessContext, actor: Actor, id: string, patch: TeamPatch): Promise<Team> {
  return context.transaction(actor.workspaceId, async (tx) => {
    const before = await lockTeam(tx, id)
    if (!before) throw teamNotFound()
    if (patch.operatorIds) await assertOperatorsWorkHere(tx, context.now(), patch.operatorIds)
    if (patch.name !== undefined) {
      if (await isTeamNameTaken(tx, { name: patch.name, exceptId: id })) throw nameTaken()
      await updateTeam(tx, id, { name: patch.name })
    }
    const { name = before.name, operatorIds } = patch
    const changes = {
      ...changesBetween({ name: before.name }, { name }, ['name']),
      ...(operatorIds ? changedOnly('operatorIds') : {}),
    }
    return finish(tx, context, actor, { id, action: 'changed', patch, changes })
  })
}

/** What a team did stays in the history, so its row is kept. @throws Problem `access.team_not_found` */
export async function deleteTeam(context: AccessContext, actor: Actor, id: string): Promise<void> {
  await context.transaction(actor.workspaceId, async (tx) => {
    if (!(await lockTeam(tx, id))) throw teamNotFound()
    const left = await replaceMembers(tx, { team_id: id }, [])
    await updateTeam(tx, id, { archived_at: context.now() })
    await announce(tx, context, actor, { id, action: 'deleted', details: {}, moved: left })
  })
}

async function finish(
  tx: Tx,
  context: AccessContext,
  actor: Actor,
  { id, action, patch, changes }: { id: string; action: string; patch: TeamPatch; changes?: Changes },
): Promise<Team> {
  const moved = patch.operatorIds ? await replaceMembers(tx, { team_id: id }, patch.operatorIds) : []
  await announce(tx, context, actor, { id, action, details: { ...patch }, moved, changes })
  const team = await findTeam(tx, id)
  if (!team) throw teamNotFound()
  return team
}

async function announce(
  tx: Tx,
  { events, forget }: AccessContext,
  actor: Actor,
  {
    id,
    action,
    details,
    moved,
    changes,
  }: {
    id: string
    action: string
    details: Record<string, unknown>
    moved: string[]
    changes?: Changes | undefined
  },
) {
  await audit(tx, actor, { action, object: 'team', id, details })
  await events.publish(tx, actor, teamChanged, { teamId: id }, { changes })
  tx.afterCommit(() => {
    for (const operatorId of moved) forget(operatorId)
  })
}
