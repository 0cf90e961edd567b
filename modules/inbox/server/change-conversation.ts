import { isDeepStrictEqual } from 'node:util'
import type { Objects } from '#modules/objects'
import type { CustomValues } from '#modules/objects/contract'
import { audit } from '#platform/server/audit.queries'
import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import { indexForSearch } from '#platform/server/search.queries'
import type { Actor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import type { ConversationPatch } from '../contract/index.ts'
import { assertUnmoved } from './assert-unmoved.ts'
import { Change, type ChangeTools, saveChanges } from './change.ts'
import {
  type ConversationState,
  closed,
  opened,
  owed,
  owned,
  snoozed,
  unowned,
  waiting,
  withEvent,
} from './conversation.ts'
import { rememberTags } from './list.queries.ts'
import { normsOf } from './norms.ts'
import { conversationDocument } from './search-documents.ts'
import { storable } from './stored-json.ts'
import type { Access, Customers } from './uses.ts'
import { lockVisible } from './visible.queries.ts'
import { wakeLater } from './wake-conversation.ts'

export interface ChangeConversationUses {
  readonly access: Pick<Access, 'actorOf' | 'teamNames' | 'businessWorkspace'>
  readonly customers: Pick<Customers, 'summaries'>
  readonly objects: Pick<Objects, 'storeValues'>
  readonly tools: ChangeTools
}

/** As `changeConversationIn`, in a transaction of its own. */
export const changeConversation =
  (platform: Platform, uses: ChangeConversationUses) =>
  (actor: Actor, id: string, asked: ConversationPatch): Promise<ConversationState> =>
    platform.transaction(actor.workspaceId, (tx) => changeConversationIn(platform, uses)(tx, actor, id, asked))

/**
 * Changes what is asked, in this order: subject, priority, tags, own fields, team, owner, a note for the colleague who takes over, status. Each change
 * leaves a line in the thread; what is already so changes nothing.
 *
 * @throws Problem `inbox.conversation_not_found`, `access.forbidden`, `access.operator_not_found`, `inbox.team_not_found`,
 * `inbox.snooze_time`, `inbox.thread_moved` (409), `objects.value_wrong`, `objects.value_taken`
 */
export const changeConversationIn =
  ({ now }: Pick<Platform, 'now'>, uses: ChangeConversationUses) =>
  async (tx: Tx, actor: Actor, id: string, asked: ConversationPatch): Promise<ConversationState> => {
    const before = await lockVisible(tx, actor, id)
    if (!before) throw new Problem('inbox.conversation_not_found', 404, 'There is no such conversation.')
    if (asked.status !== undefined) await assertUnmoved(tx, actor, id, asked.seenSeq)
    const change = new Change(before, actor, now())
    const patch = clean(asked)

    await describe(tx, uses, change, patch)
    if (patch.custom) await fill(tx, uses, change, patch.custom)
    if (patch.teamId !== undefined || patch.ownerId !== undefined) await transfer(tx, uses, change, patch)
    if (patch.handover) {
      change.conversation = withEvent(change.conversation)
      change.add({ direction: 'note', text: patch.handover })
    }
    if (patch.status !== undefined) await changeStatus(tx, uses, change, patch)

    if (change.conversation !== before) await saveChanges(tx, uses.tools, [change])
    return change.conversation
  }

/** The same change in words that can be stored. */
const clean = ({ subject, tags, ...rest }: ConversationPatch): ConversationPatch => ({
  ...rest,
  ...(subject === undefined ? {} : { subject: storable(subject) }),
  ...(tags === undefined ? {} : { tags: tags.map(storable).filter((tag) => tag !== '') }),
})

async function describe(tx: Tx, { customers }: ChangeConversationUses, change: Change, patch: ConversationPatch) {
  const { before } = change
  const { subject = before.subject, priority = before.priority, tags = before.tags } = patch
  if (subject !== before.subject) {
    change.conversation = { ...change.conversation, subject }
    change.event('subject_changed', { subject })
    const person = (await customers.summaries(tx, [before.personId])).get(before.personId)
    await indexForSearch(tx, conversationDocument(change.conversation, person?.name ?? ''))
  }
  if (priority !== before.priority) {
    change.conversation = { ...change.conversation, priority }
    change.event('priority_changed', { priority })
  }
  const added = tags.filter((tag) => !before.tags.includes(tag))
  const removed = before.tags.filter((tag) => !tags.includes(tag))
  if (added.length + removed.length > 0) {
    change.conversation = { ...change.conversation, tags: [...new Set(tags)] }
    change.event('tags_changed', { added: added.join(', '), removed: removed.join(', ') })
    await rememberTags(tx, added)
  }
}

/** Own fields leave their trace in the audit, not in the thread: some are for few eyes. */
async function fill(tx: Tx, { objects }: ChangeConversationUses, change: Change, given: CustomValues) {
  const before = change.before.custom ?? {}
  const custom = await objects.storeValues(tx, change.actor, {
    object: 'conversation',
    id: change.before.id,
    given,
    before,
  })
  if (isDeepStrictEqual(custom, before)) return
  change.conversation = { ...change.conversation, custom }
  const details = { fields: Object.keys(given) }
  await audit(tx, change.actor, {
    action: 'inbox.fields_changed',
    object: 'conversation',
    id: change.before.id,
    details,
  })
}

/** To a colleague, to a team's queue, or back to the queue. Who gives it away on purpose does not get it back by routing. */
async function transfer(
  tx: Tx,
  { access }: ChangeConversationUses,
  change: Change,
  { teamId, ownerId }: ConversationPatch,
) {
  const { actor, at, before } = change
  if (!actor.can('inbox.assign'))
    throw new Problem('access.forbidden', 403, 'This needs the permission inbox.assign.', {
      params: { permission: 'inbox.assign' },
    })
  const movesTeam = teamId !== undefined && teamId !== before.teamId
  if (movesTeam) {
    const team = teamId === null ? null : (await access.teamNames(tx, [teamId])).get(teamId)
    if (team === undefined) throw new Problem('inbox.team_not_found', 422, 'There is no such team.')
    change.conversation = { ...change.conversation, teamId }
    change.event('team_changed', { team: team?.name ?? '' })
  }
  if (ownerId && ownerId !== before.ownerId) {
    const owner = await access.actorOf(tx, ownerId)
    const why = { code: 'assigned', params: { operator: owner.name, by: actor.name } } as const
    change.conversation = owned(change.conversation, ownerId, at, why)
    change.event(why.code, why.params)
  }
  const isReleased = ownerId === null || (movesTeam && ownerId === undefined)
  if (isReleased && before.ownerId) {
    const why = { code: 'returned', params: { by: actor.name } } as const
    change.conversation = unowned(change.conversation, why, null)
    change.event(why.code, why.params)
  }
}

async function changeStatus(tx: Tx, { access }: ChangeConversationUses, change: Change, patch: ConversationPatch) {
  const { actor, at, conversation } = change
  if (patch.status === 'snoozed') return snooze(tx, change, patch.snoozedUntil)
  if (patch.status === conversation.status) return
  switch (patch.status) {
    case 'closed':
      change.conversation = closed(conversation, actor.operatorId, at)
      return change.event('closed')
    case 'waiting':
      change.conversation = waiting(conversation)
      return change.event('set_waiting')
    case 'open': {
      const wasSnoozed = conversation.status === 'snoozed'
      change.conversation = wasSnoozed ? owed(conversation, at, await normsOf(tx, access)) : opened(conversation)
      return change.event('reopened')
    }
  }
}

function snooze(tx: Tx, change: Change, until: Date | undefined): void {
  if (!until || until <= change.at)
    throw new Problem('inbox.snooze_time', 422, 'Say until when, in the future, with snoozedUntil.')
  change.conversation = snoozed(change.conversation, until)
  change.event('snoozed', { until: until.toISOString() })
  wakeLater(tx, change.conversation.id, until)
}
