import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import { type Actor, systemActor } from '#platform/shared/actor'
import { Change, type ChangeTools, saveChanges } from './change.ts'
import { type Candidate, chooseOperator, hasRoom } from './choose-operator.ts'
import { saveConversations } from './conversation.queries.ts'
import { type ConversationState, owned } from './conversation.ts'
import { findLoads, holdQueue, lockQueue, lookAtQueue } from './routing.queries.ts'
import type { Access } from './uses.ts'

/** Conversations taken from the queue by one statement. */
const BATCH = 200
/** So many at the front of the queue say why they wait: what a screen shows of it. */
const EXPLAINED = 50

/**
 * Gives out the queue of a workspace, who waits longest first, until nothing is left that somebody present has room for; the rest keeps
 * the reason why it waits. Runs alone per workspace, in however many processes. The number of conversations given out.
 */
export const routeConversations =
  (
    { transaction, now }: Platform,
    { access, tools }: { access: Pick<Access, 'presentOperators'>; tools: ChangeTools },
  ) =>
  (workspaceId: string): Promise<number> =>
    transaction(workspaceId, async (tx) => {
      await holdQueue(tx)
      const at = now()
      const actor = systemActor(workspaceId)
      let candidates = await candidatesOf(tx, access)
      let count = 0
      for (;;) {
        const free = candidates.filter(hasRoom)
        const queue = free.length > 0 ? await lockQueue(tx, { able: ableOf(free), limit: BATCH }) : []
        const changes: Change[] = []
        for (const conversation of queue) {
          const change = give(conversation, candidates, { actor, at })
          if (!change) continue
          changes.push(change)
          candidates = candidates.map((one) => (one.id === change.conversation.ownerId ? loaded(one, at) : one))
        }
        await saveChanges(tx, tools, changes)
        count += changes.length
        if (changes.length === 0 || queue.length < BATCH) break
      }
      await explainRest(tx, candidates, at)
      return count
    })

async function candidatesOf(tx: Tx, access: Pick<Access, 'presentOperators'>): Promise<Candidate[]> {
  const present = await access.presentOperators(tx)
  const loads = await findLoads(
    tx,
    present.map(({ id }) => id),
  )
  return present.map((one) => ({ ...one, load: 0, busyAt: null, ...loads.get(one.id) }))
}

const ableOf = (free: readonly Candidate[]) => ({
  operatorIds: free.map(({ id }) => id),
  teamIds: [...new Set(free.flatMap(({ teamIds }) => teamIds))],
})

const loaded = (candidate: Candidate, at: Date): Candidate => ({ ...candidate, load: candidate.load + 1, busyAt: at })

function give(
  conversation: ConversationState,
  candidates: readonly Candidate[],
  { actor, at }: { actor: Actor; at: Date },
): Change | undefined {
  const { operatorId, why } = chooseOperator(conversation, candidates)
  if (!operatorId) return undefined
  const change = new Change(conversation, actor, at)
  change.conversation = owned(conversation, operatorId, at, why)
  change.event(why.code, why.params)
  return change
}

/** The front of the queue says why it still waits. Behind it the reason is the same: others come first. */
async function explainRest(tx: Tx, candidates: readonly Candidate[], at: Date): Promise<void> {
  const front = await lookAtQueue(tx, EXPLAINED)
  const unexplained = front.filter((one) => one.routing?.code !== chooseOperator(one, candidates).why.code)
  if (unexplained.length === 0) return
  const rest = await lockQueue(tx, { only: unexplained.map(({ id }) => id), limit: EXPLAINED })
  const explained = rest.map((conversation) => ({
    ...conversation,
    routing: chooseOperator(conversation, candidates).why,
  }))
  await saveConversations(tx, explained, at)
}
