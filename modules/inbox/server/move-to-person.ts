import { audit } from '#platform/server/audit.queries'
import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import { indexForSearch } from '#platform/server/search.queries'
import type { Actor } from '#platform/shared/actor'
import { newId } from '#platform/shared/ids'
import { Problem } from '#platform/shared/problems'
import { messageChanged, type PersonMove } from '../contract/index.ts'
import { audienceOf } from './audience.ts'
import { Change, type ChangeTools, saveChanges } from './change.ts'
import { beginningOf } from './conversation.queries.ts'
import {
  type ConversationState,
  newConversation,
  owned,
  unowned,
  withMessage,
  withoutMessage,
  withRequest,
} from './conversation.ts'
import { findStaying } from './find-staying.ts'
import { findMovable, findRest, givePerson, type MovableMessage, moveMessageRow } from './move.queries.ts'
import { normsOf } from './norms.ts'
import { conversationDocument } from './search-documents.ts'
import type { Access, Customers } from './uses.ts'
import { lockVisible } from './visible.queries.ts'

export interface MoveToPersonUses {
  readonly access: Pick<Access, 'businessWorkspace' | 'actorOf'>
  readonly customers: Pick<Customers, 'summaries' | 'membersOf' | 'createPerson' | 'moveAddress' | 'recordTimeline'>
  readonly tools: ChangeTools
}

interface Person {
  readonly id: string
  readonly name: string
}

/**
 * "This is from someone else": gives a message, its conversation, or also the address it came by, to another card or to a new one. What is moved
 * leaves a line where it stood and where it came to, and entries on both cards and in the audit log. Resolves to the conversation in which the
 * message stands afterwards. A message alone goes into a conversation of its own, which its operator keeps.
 *
 * @throws Problem `inbox.conversation_not_found`, `inbox.message_not_found`, `customers.person_not_found`, `inbox.same_person`,
 *   `inbox.address_unknown`, `customers.restricted`, `access.forbidden`
 */
export const moveToPerson =
  ({ transaction, now, events }: Platform, uses: MoveToPersonUses) =>
  (actor: Actor, id: string, move: PersonMove): Promise<ConversationState> =>
    transaction(actor.workspaceId, async (tx) => {
      if (!actor.can('customers.edit'))
        throw new Problem('access.forbidden', 403, 'This needs the permission customers.edit.', {
          params: { permission: 'customers.edit' },
        })
      const before = await lockVisible(tx, actor, id)
      if (!before) throw new Problem('inbox.conversation_not_found', 404, 'There is no such conversation.')
      const message = move.messageId
        ? await findMovable(tx, { conversationId: id, messageId: move.messageId })
        : undefined
      if (move.messageId && !message)
        throw new Problem('inbox.message_not_found', 404, 'There is no such message of the customer here.')
      const from = await personOf(tx, uses, before.personId)
      const to = move.personId
        ? await personOf(tx, uses, move.personId)
        : await personOf(tx, uses, await uses.customers.createPerson(tx, actor, { name: move.name ?? '' }))
      if (from.id === to.id) throw new Problem('inbox.same_person', 422, "It is this very person's already.")

      if (move.scope === 'address' && message) await moveAddress(tx, uses, actor, { before, message, to })
      const isAlone = move.scope === 'message' && message !== undefined
      const rest = isAlone ? await findRest(tx, { conversationId: id, without: message.id }) : null
      const details = { scope: move.scope, from: from.id, to: to.id, ...(message ? { messageId: message.id } : {}) }
      await audit(tx, actor, { action: 'inbox.moved_to_person', object: 'conversation', id, details })
      const at = now()
      // Alone in its conversation a message takes all of it along.
      if (!message || !rest?.last) return giveConversation(tx, uses, new Change(before, actor, at), { from, to })
      const born = await startWith(tx, uses, new Change(startOf(before, message, to), actor, at), {
        before,
        message,
      })
      await moveMessageRow(tx, { id: message.id, conversationId: born.id, personId: to.id })
      const left = new Change(before, actor, at)
      left.conversation = withoutMessage(before, rest)
      left.addAt(message.seq, { code: 'message_moved', params: { number: born.number } })
      await saveChanges(tx, uses.tools, [left])
      await indexForSearch(tx, conversationDocument(born, to.name))
      await events.publish(
        tx,
        actor,
        messageChanged,
        { conversationId: id, messageId: message.id, delivery: null },
        { audience: audienceOf(before) },
      )
      return born
    })

async function personOf(tx: Tx, { customers }: MoveToPersonUses, id: string): Promise<Person> {
  const person = (await customers.summaries(tx, [id])).get(id)
  if (!person) throw new Problem('customers.person_not_found', 404, `There is no person ${id}.`)
  if (person.isRestricted)
    throw new Problem(
      'customers.restricted',
      409,
      'The data of this person is restricted: it may be read, not changed.',
    )
  return person
}

async function moveAddress(
  tx: Tx,
  { customers }: MoveToPersonUses,
  actor: Actor,
  { before, message, to }: { before: ConversationState; message: MovableMessage; to: Person },
): Promise<void> {
  const { fromAddress, email, thread, accountId } = message
  const values = [fromAddress, email, thread].filter((value) => value !== null)
  const personId = message.personId ?? before.personId
  const moved = await customers.moveAddress(tx, actor, { personId, accountId, values, toPersonId: to.id })
  if (moved === 0)
    throw new Problem('inbox.address_unknown', 422, 'The card has no address by which this message came.')
}

/** The whole conversation, with what the customer said in it. */
async function giveConversation(
  tx: Tx,
  { customers, tools }: MoveToPersonUses,
  change: Change,
  { from, to }: { from: Person; to: Person },
): Promise<ConversationState> {
  const { before, at } = change
  const members = await customers.membersOf(tx, from.id)
  change.conversation = { ...before, personId: to.id }
  change.event('person_changed', { to: to.name })
  await saveChanges(tx, tools, [change])
  await givePerson(tx, { conversationId: before.id, personId: to.id, members })
  await indexForSearch(tx, conversationDocument(change.conversation, to.name))
  const { number, subject } = before
  const entry = { at, object: 'conversation', objectId: before.id }
  const data = { number, subject, operatorName: change.actor.name }
  // Neither card names the other one: whoever is erased must not live on there.
  await customers.recordTimeline(tx, { ...entry, personId: from.id, kind: 'inbox.conversation_given', data })
  await customers.recordTimeline(tx, { ...entry, personId: to.id, kind: 'inbox.conversation_received', data })
  return change.conversation
}

const startOf = (before: ConversationState, message: MovableMessage, to: Person): ConversationState =>
  newConversation({
    id: newId(),
    personId: to.id,
    accountId: message.accountId ?? before.accountId,
    teamId: before.teamId,
    subject: before.subject,
    at: message.createdAt,
  })

/** The conversation that begins with a moved message: its operator, unless they left, goes on with it, else it waits in the queue. */
async function startWith(
  tx: Tx,
  { access, tools }: MoveToPersonUses,
  change: Change,
  { before, message }: { before: ConversationState; message: MovableMessage },
): Promise<ConversationState> {
  const { text, sentAt, createdAt, accountId, automatic } = message
  const asked =
    automatic || !accountId
      ? withMessage(change.before, { direction: 'in', text, at: sentAt })
      : withRequest(change.before, { at: sentAt, receivedAt: createdAt, text, accountId }, await normsOf(tx, access))
  const owner = before.ownerId ? await findStaying(tx, access, before.ownerId) : undefined
  change.conversation = owner?.operatorId
    ? owned(asked, owner.operatorId, change.at, {
        code: 'assigned',
        params: { operator: owner.name, by: change.actor.name },
      })
    : unowned(asked, { code: 'queued', params: {} })
  change.event('message_came', { number: before.number })
  change.conversation = { ...change.conversation, ...(await beginningOf(tx, 1)) }
  await saveChanges(tx, tools, [change])
  return change.conversation
}
