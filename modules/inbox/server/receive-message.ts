import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import { indexManyForSearch } from '#platform/server/search.queries'
import { systemActor } from '#platform/shared/actor'
import { announceChange } from './announce-change.ts'
import { beginningOf, lockConversations, saveConversations } from './conversation.queries.ts'
import { createIntake, type Incoming, type Intake, type Known, type Somebody, threadName } from './intake.ts'
import { findAnswered, insertAttachments, insertMessages, knownMessages } from './message.queries.ts'
import { otherSide, ownThreads, shortName, tokenOf, withoutToken } from './message-content.ts'
import { normsOf } from './norms.ts'
import { conversationDocument, messageDocument } from './search-documents.ts'
import { findThreads, holdNames, saveThreads } from './thread.queries.ts'
import type { Access, Arrival, Customers, MessageFact, TimelineEntry } from './uses.ts'

/**
 * Puts the messages of arrivals into conversations, oldest first, in the caller's transaction: each exactly once, however often it
 * comes. Messages of one sender are taken one after another; those of different senders do not wait for each other.
 */
export const receiveMessages =
  (
    { events }: Platform,
    { access, customers }: { access: Access; customers: Customers },
    routeSoon: (workspaceId: string) => void,
  ) =>
  async (tx: Tx, arrivals: readonly Arrival[]): Promise<void> => {
    const incoming = arrivals.flatMap(messagesOf)
    if (incoming.length === 0) return
    await holdNames(tx, incoming.flatMap(namesToHold))
    const fresh = await withOwnTokens(tx, await withoutKnown(tx, incoming))
    if (fresh.length === 0) return

    const known = await findKnown(tx, access, fresh)
    await proveSenders(tx, customers, fresh, known)
    const people = await identifyAll(tx, customers, fresh)
    const intake = createIntake(known)
    for (const one of fresh) intake.take(one, somebodyOf(people, one))
    await store(tx, intake)
    await recordForCustomers(tx, customers, intake, fresh, people)
    await announce(tx, events, intake)
    tx.afterCommit(() => routeSoon(tx.workspaceId))
  }

function messagesOf({ facts, account, arrivalId, receivedAt }: Arrival): Incoming[] {
  return (
    facts
      .filter((fact): fact is MessageFact => fact.type === 'message')
      .map((fact) => ({ fact: { ...fact, id: shortName(fact.id) }, account, arrivalId, receivedAt }))
      // An answer written outside to nobody has no other side.
      .filter(({ fact }) => otherSide(fact) !== '')
  )
}

const namesToHold = ({ fact, account }: Incoming) => [
  `sender ${account.id} ${otherSide(fact)}`,
  `message ${account.id} ${fact.id}`,
]

/** Drops messages that are stored already or come twice at once. */
async function withoutKnown(tx: Tx, incoming: readonly Incoming[]): Promise<Incoming[]> {
  const known = await knownMessages(
    tx,
    incoming.map(({ account, fact }) => ({ accountId: account.id, providerId: fact.id })),
  )
  return incoming.filter(({ account, fact }) => {
    const name = `${account.id} ${fact.id}`
    return !known.has(name) && known.add(name)
  })
}

/**
 * A token counts only where it was handed out: with an answer by the same account. Whoever can make a channel say anything must not
 * reach into other talks with it.
 */
async function withOwnTokens(tx: Tx, incoming: readonly Incoming[]): Promise<Incoming[]> {
  const asked = incoming.flatMap(({ account, fact }) => {
    const conversationId = tokenOf(fact)
    return conversationId ? [{ accountId: account.id, conversationId }] : []
  })
  const answered = await findAnswered(tx, asked)
  return incoming.map((one) => {
    const isOwn = answered.has(`${one.account.id} ${tokenOf(one.fact)}`)
    return isOwn ? one : { ...one, fact: withoutToken(one.fact) }
  })
}

/**
 * An answer with our signed token comes from an address that got our mail. What the customer had only claimed is proven by it, so that
 * a talk which began in the chat goes on by mail with the same person. A machine's answer proves nothing: it would say yes to anybody.
 */
async function proveSenders(
  tx: Tx,
  customers: Customers,
  incoming: readonly Incoming[],
  { conversations }: Known,
): Promise<void> {
  for (const { fact, account, arrivalId, receivedAt: at } of incoming) {
    const conversation = conversations.get(tokenOf(fact) ?? '')
    if (!conversation || fact.direction === 'out' || fact.automatic) continue
    const { personId } = conversation
    const evidence = { source: 'reply', accountId: account.id, arrivalId }
    for (const { kind, value, proven } of fact.from.identities) {
      if (proven) await customers.proveIdentity(tx, { personId, kind, value, accountId: account.id, evidence, at })
    }
  }
}

/** Who is on the other side of each message. */
async function identifyAll(
  tx: Tx,
  customers: Customers,
  incoming: readonly Incoming[],
): Promise<ReadonlyMap<Incoming, Somebody>> {
  const people = await customers.identifyAll(
    tx,
    incoming.map(({ account, arrivalId, receivedAt, fact }) => ({
      account,
      arrivalId,
      at: receivedAt,
      sender: senderOf(fact),
    })),
  )
  return new Map(incoming.flatMap((one, n) => (people[n] ? [[one, people[n]]] : [])))
}

/** Somebody we wrote to from outside Okno is known by the address we used. */
function senderOf({ direction, from, to }: MessageFact): MessageFact['from'] {
  if (direction === 'in') return from
  const address = to[0]?.address ?? ''
  const isEmail = address.includes('@')
  return {
    address,
    ...(to[0]?.name ? { name: to[0].name } : {}),
    identities: isEmail ? [{ kind: 'email', value: address.toLowerCase(), proven: true }] : [],
  }
}

function somebodyOf(people: ReadonlyMap<Incoming, Somebody>, incoming: Incoming): Somebody {
  const somebody = people.get(incoming)
  if (!somebody) throw new Error('A message whose sender was not asked for.')
  return somebody
}

/** Everything the rules need to know about these messages, with the conversations locked. */
async function findKnown(tx: Tx, access: Access, incoming: readonly Incoming[]): Promise<Known> {
  const asked = incoming.flatMap(({ account, fact }) =>
    ownThreads(fact).map((thread) => ({ accountId: account.id, thread, participant: otherSide(fact) })),
  )
  const threads = await findThreads(tx, asked)
  const ids = [...threads.map((one) => one.conversationId), ...incoming.flatMap(({ fact }) => tokenOf(fact) ?? [])]
  const conversations = await lockConversations(tx, [...new Set(ids)])
  const mayComeBack = conversations.some(({ ownerId, status }) => ownerId && status !== 'new' && status !== 'open')
  const present = new Set(mayComeBack ? (await access.presentOperators(tx)).map(({ id }) => id) : [])
  return {
    conversations: new Map(conversations.map((one) => [one.id, one])),
    threads: new Map(threads.map((one) => [threadName(one), one.conversationId])),
    norms: await normsOf(tx, access),
    isPresent: (operatorId) => present.has(operatorId),
  }
}

async function store(tx: Tx, intake: Intake): Promise<void> {
  const { conversations, started, former } = intake
  if (started.size > 0) {
    const { number, custom } = await beginningOf(tx, started.size)
    for (const [i, id] of [...started.keys()].entries()) {
      const conversation = conversations.get(id)
      if (conversation) conversations.set(id, { ...conversation, number: number + i, custom })
    }
  }
  const changed = [...former.keys()].flatMap((id) => conversations.get(id) ?? [])
  await saveConversations(tx, changed, new Date())
  await insertMessages(tx, intake.messages)
  await insertAttachments(tx, intake.attachments)
  await saveThreads(tx, intake.places)
  await indexManyForSearch(tx, [
    ...[...started].flatMap(([id, { somebody }]) => {
      const conversation = conversations.get(id)
      return conversation ? conversationDocument(conversation, somebody.name) : []
    }),
    ...intake.messages.flatMap(messageDocument),
  ])
}

/** What the customer's card shows of it: the conversation in the timeline, and what was agreed to. */
async function recordForCustomers(
  tx: Tx,
  customers: Customers,
  { conversations, started, reopened }: Intake,
  fresh: readonly Incoming[],
  people: ReadonlyMap<Incoming, Somebody>,
): Promise<void> {
  const entries: TimelineEntry[] = []
  const record = (id: string, at: Date, fact: { kind: string; once: string; more?: Record<string, unknown> }) => {
    const conversation = conversations.get(id)
    if (!conversation) return
    const { personId, number, subject } = conversation
    const data = { number, subject, ...fact.more }
    entries.push({ personId, at, kind: fact.kind, object: 'conversation', objectId: id, data, once: fact.once })
  }
  for (const [id, { account, receivedAt }] of started) {
    const more = { channel: account.kind }
    record(id, receivedAt, { kind: 'inbox.conversation_opened', once: `opened ${id}`, more })
  }
  for (const id of reopened) {
    const { lastMessageAt = new Date(), reopenedCount = 0 } = conversations.get(id) ?? {}
    record(id, lastMessageAt, { kind: 'inbox.conversation_reopened', once: `reopened ${id} ${reopenedCount}` })
  }
  await customers.recordTimelineAll(tx, entries)
  for (const one of fresh) {
    const { personId } = somebodyOf(people, one)
    for (const consent of one.fact.consents ?? []) {
      await customers.recordConsent(tx, { personId, at: one.receivedAt, ...consent })
    }
  }
}

async function announce(tx: Tx, events: Platform['events'], intake: Intake): Promise<void> {
  const actor = systemActor(tx.workspaceId)
  const messages = Map.groupBy(intake.messages, (one) => one.conversationId)
  for (const [id, former] of intake.former) {
    const conversation = intake.conversations.get(id)
    if (!conversation) continue
    await announceChange(tx, events, {
      actor,
      before: former,
      conversation,
      messages: messages.get(id) ?? [],
      isNew: intake.started.has(id),
    })
  }
}
