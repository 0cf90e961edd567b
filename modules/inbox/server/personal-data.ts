import type { Tx } from '#platform/server/database'
import type { PersonalDataPage, PersonalDataPart, Subject } from '#platform/server/personal-data'
import { forgetFound, forgetTraces } from '#platform/server/personal-data.queries'
import type { Platform } from '#platform/server/platform'
import { systemActor } from '#platform/shared/actor'
import { conversationChanged } from '../contract/index.ts'
import {
  detachFiles,
  emptyConversations,
  emptyMessages,
  findConversationsOf,
  findMessagesOf,
  findOthersArrivals,
  findQueued,
  tellConversations,
  tellMessages,
} from './personal-data.queries.ts'

/** What an erasure asks of the module that knows arrivals and deliveries. */
export interface ErasingChannels {
  findArrivalsWith(tx: Tx, words: readonly string[]): Promise<string[]>
  eraseArrivals(tx: Tx, ids: readonly string[], words: readonly string[]): Promise<number>
  eraseDeliveries(tx: Tx, ids: readonly string[]): Promise<number>
  stopDeliveries(tx: Tx, messageIds: readonly string[], reasonCode: string): Promise<void>
}

/** Messages told at a time. */
const PORTION = 500

/** Talks with a person, and everything by which they came and left. */
export function inboxPersonalData(
  { files, events }: Platform,
  channels: ErasingChannels,
  objects: { forget(tx: Tx, ids: readonly string[]): Promise<number> },
): PersonalDataPart {
  async function* tell(tx: Tx, subject: Subject): AsyncIterable<PersonalDataPage> {
    const conversations = await findConversationsOf(tx, subject)
    yield { section: 'conversations', rows: await tellConversations(tx, conversations) }
    const messages = await findMessagesOf(tx, subject, conversations)
    for (let from = 0; from < messages.length; from += PORTION) {
      const rows = await tellMessages(
        tx,
        messages.slice(from, from + PORTION).map(({ id }) => id),
      )
      const fileIds = rows.flatMap((row) => row.files as string[])
      yield { section: 'messages', rows, fileIds }
    }
  }

  /** What came of the person: what their messages were read from, and what holds their address without having become a message of another. */
  async function arrivalsOf(tx: Tx, subject: Subject, messages: readonly { id: string; arrivalId: string | null }[]) {
    const addresses = subject.identities
      .filter(({ kind }) => kind === 'email' || kind === 'phone')
      .map(({ value }) => value.toLowerCase())
    const named = await channels.findArrivalsWith(tx, addresses)
    const own = messages.flatMap(({ arrivalId }) => arrivalId ?? [])
    const others = new Set(
      await findOthersArrivals(
        tx,
        named,
        messages.map(({ id }) => id),
      ),
    )
    return [...new Set([...own, ...named.filter((id) => !others.has(id))])]
  }

  return {
    name: 'inbox',
    tables: {
      'inbox.conversations':
        'stay with number, owner, tags and times; words and values of own fields go, open ones are closed',
      'inbox.messages': 'stay with time and direction; words, names, addresses and ids of providers go',
      'inbox.attachments': 'removed',
      'inbox.drafts': 'removed',
      'inbox.threads': 'removed',
      'channels.arrivals': 'emptied; the key stays, so that a repetition is known',
      'channels.deliveries': 'emptied; those that wait never leave',
    },
    tell,
    erase: async (tx, subject, at) => {
      const conversations = await findConversationsOf(tx, subject)
      const messages = await findMessagesOf(tx, subject, conversations)
      const ids = messages.map(({ id }) => id)
      const arrivals = await channels.eraseArrivals(tx, await arrivalsOf(tx, subject, messages), subject.words)
      const deliveries = await channels.eraseDeliveries(tx, ids)
      const fileIds = await detachFiles(tx, ids)
      await files.forget(tx, fileIds)
      await emptyMessages(tx, ids, at)
      const emptied = await emptyConversations(tx, conversations, at)
      const edits = await objects.forget(tx, conversations)
      const found = (await forgetFound(tx, 'message', ids)) + (await forgetFound(tx, 'conversation', conversations))
      const traces = await forgetTraces(tx, subject, [...ids, ...conversations])
      for (const conversationId of conversations) {
        const changed = { conversationId, ownerId: null, isNew: false }
        await events.publish(tx, systemActor(tx.workspaceId), conversationChanged, changed)
      }
      return {
        ...emptied,
        ...traces,
        'objects.bulk_edit_rows': edits,
        'inbox.messages': ids.length,
        'channels.arrivals': arrivals,
        'channels.deliveries': deliveries,
        'platform.files': fileIds.length,
        'platform.search_documents': found,
      }
    },
    restrict: async (tx, subject) => {
      const queued = await findQueued(tx, await findConversationsOf(tx, subject))
      await channels.stopDeliveries(tx, queued, 'restricted')
    },
  }
}
