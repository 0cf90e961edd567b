import { z } from 'zod'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { audienceOf } from './audience.ts'
import type { ConversationState } from './conversation.ts'
import { findHeard } from './route.queries.ts'
import { findConversationOfThread } from './thread.queries.ts'
import type { Channels, VisitorTyping } from './uses.ts'
import { findVisible } from './visible.queries.ts'

const viewing = z.object({ conversationId: z.uuid().nullable() })
const typing = z.object({ conversationId: z.uuid(), mode: z.enum(['reply', 'note']).default('reply') })

/** Who looks and who types, told to those who may see the conversation; the customer hears only that somebody answers. */
export function passWhispers(
  { live, transaction, log }: Platform,
  channels: Pick<Channels, 'accounts' | 'notifyTyping' | 'onVisitorTyping'>,
) {
  const seen = (actor: Actor, id: string) => transaction(actor.workspaceId, (tx) => findVisible(tx, actor, id))
  /** Where each window looked last: whoever goes on to another conversation has left this one. */
  const places = new WeakMap<object, ConversationState>()
  /** What each window asked for last: its looks are told in the order in which they came, leaving last. */
  const looks = new WeakMap<object, Promise<unknown>>()
  const failed = (error: unknown) => log.warn({ err: error }, 'inbox: a whisper was lost')

  const tellViewing = (actor: Actor, place: ConversationState, isViewing: boolean) =>
    live.whisper(actor.workspaceId, audienceOf(place), 'viewing', {
      conversationId: place.id,
      operatorId: actor.operatorId,
      name: actor.name,
      isViewing,
    })

  async function look(actor: Actor, conversationId: string | null, window: object) {
    const left = places.get(window)
    if (left && left.id !== conversationId) tellViewing(actor, left, false)
    const place = conversationId ? await seen(actor, conversationId) : undefined
    if (!place) return places.delete(window)
    places.set(window, place)
    return tellViewing(actor, place, true)
  }

  function lookNext(actor: Actor, conversationId: string | null, window: object): void {
    const before = looks.get(window) ?? Promise.resolve()
    looks.set(window, before.then(() => look(actor, conversationId, window)).catch(failed))
  }

  async function type(actor: Actor, { conversationId, mode }: z.infer<typeof typing>) {
    const place = await seen(actor, conversationId)
    if (!place) return
    const { operatorId, name } = actor
    live.whisper(actor.workspaceId, audienceOf(place), 'typing', { conversationId, operatorId, name, isVisitor: false })
    if (mode === 'reply') await tellCustomer(actor, conversationId)
  }

  async function tellCustomer(actor: Actor, conversationId: string) {
    const { heard, accounts } = await transaction(actor.workspaceId, async (tx) => ({
      heard: await findHeard(tx, conversationId),
      accounts: await channels.accounts(tx),
    }))
    const last = heard.filter(({ direction }) => direction === 'in').sort((a, b) => b.seq - a.seq)[0]
    if (last?.thread && accounts.get(last.accountId)?.capabilities.typing)
      channels.notifyTyping(last.accountId, last.thread, actor.name)
  }

  live.onWhisper('viewing', (actor, data, socket) => {
    const parsed = viewing.safeParse(data)
    if (!parsed.success) return
    if (!looks.has(socket)) socket.once('disconnect', () => lookNext(actor, null, socket))
    lookNext(actor, parsed.data.conversationId, socket)
  })
  live.onWhisper('typing', (actor, data) => {
    const parsed = typing.safeParse(data)
    if (parsed.success) type(actor, parsed.data).catch(failed)
  })

  async function visitorTypes({ workspaceId, accountId, threadId }: VisitorTyping) {
    const place = await transaction(workspaceId, (tx) => findConversationOfThread(tx, { accountId, thread: threadId }))
    if (!place) return
    const whisper = { conversationId: place.id, operatorId: null, name: place.fromName ?? '', isVisitor: true }
    live.whisper(workspaceId, audienceOf(place), 'typing', whisper)
  }
  // The chat knows threads, not conversations: its word is translated on the way.
  channels.onVisitorTyping((typing) => void visitorTypes(typing).catch(failed))
}
