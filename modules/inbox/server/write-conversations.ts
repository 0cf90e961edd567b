import { customPart } from '#modules/objects'
import type { Tx } from '#platform/server/database'
import type { ObjectWriter, ValuesByField } from '#platform/server/objects/source'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import { type ConversationPatch, conversationPatch } from '../contract/index.ts'
import { Change, saveChanges } from './change.ts'
import { type ChangeConversationUses, changeConversationIn } from './change-conversation.ts'
import { lockConversations } from './conversation.queries.ts'
import { restored, type Wait } from './conversation.ts'
import { wakeLater } from './wake-conversation.ts'

/** Conversations by the keys of their fields: the same change as in the window, with its lines in the thread, its events and its routing. */
export function conversationWriter(platform: Pick<Platform, 'now'>, uses: ChangeConversationUses): ObjectWriter {
  const change = changeConversationIn(platform, uses)
  return {
    permission: 'inbox.reply',
    table: 'inbox.conversations',
    change: async (tx, actor, id, values) => void (await change(tx, actor, id, patchOf(values))),
    remember: async (tx, ids, field) => (field === 'status' ? waitsOf(tx, ids) : new Map()),
    putBack: async (tx, actor, id, values, memory) => {
      const { status } = values
      // Closed and waiting are ends of a wait as ever; what stood before them brings the wait back.
      if (status === undefined || status === 'closed' || status === 'waiting' || !memory)
        await change(tx, actor, id, patchOf(values))
      else await reopen(tx, { ...uses, now: platform.now }, actor, id, memory as Remembered)
    },
  }
}

/** A wait as it is kept: moments as texts. */
type Remembered = {
  readonly [Key in keyof Wait]: Wait[Key] extends Date ? string : Date extends Wait[Key] ? string | null : Wait[Key]
}

async function waitsOf(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Wait>> {
  const found = await lockConversations(tx, ids)
  return new Map(
    found.map(({ id, status, waitingSince, dueAt, limitAt, snoozedUntil, lastMessageAt }) => [
      id,
      { status, waitingSince, dueAt, limitAt, snoozedUntil, lastMessageAt },
    ]),
  )
}

const momentOf = (text: string | null) => (text === null ? null : new Date(text))

async function reopen(
  tx: Tx,
  { tools, now }: ChangeConversationUses & Pick<Platform, 'now'>,
  actor: Actor,
  id: string,
  { status, waitingSince, dueAt, limitAt, snoozedUntil, lastMessageAt }: Remembered,
): Promise<void> {
  const [before] = await lockConversations(tx, [id])
  if (!before) throw new Problem('inbox.conversation_not_found', 404, 'There is no such conversation.')
  const change = new Change(before, actor, now())
  const wait: Wait = {
    status,
    waitingSince: momentOf(waitingSince),
    dueAt: momentOf(dueAt),
    limitAt: momentOf(limitAt),
    snoozedUntil: momentOf(snoozedUntil),
    lastMessageAt: new Date(lastMessageAt),
  }
  change.conversation = restored(before, wait, change.at)
  const until = change.conversation.snoozedUntil
  if (until) {
    change.event('snoozed', { until: until.toISOString() })
    wakeLater(tx, id, until)
  } else change.event('reopened')
  await saveChanges(tx, tools, [change])
}

/** Fields whose names in the API of conversations are other ones. */
const NAMES: Readonly<Record<string, string>> = { owner: 'ownerId', team: 'teamId' }
/** Fields that are never null: empty is a text of no characters, or no tags. */
const EMPTY: Readonly<Record<string, unknown>> = { subject: '', tags: [] }

/** Values by the keys of fields as the API of conversations takes them. @throws Problem `objects.value_wrong` */
function patchOf(values: ValuesByField): ConversationPatch {
  const own = Object.entries(values).filter(([key]) => !key.startsWith('custom.'))
  const given = Object.fromEntries(own.map(([key, value]) => [NAMES[key] ?? key, value ?? EMPTY[key] ?? null]))
  const custom = customPart(values)
  const result = conversationPatch.safeParse({ ...given, ...(Object.keys(custom).length > 0 ? { custom } : {}) })
  if (result.success) return result.data
  throw new Problem('objects.value_wrong', 422, 'Some values do not fit their fields.', {
    errors: result.error.issues.map(({ path: [name], message }) => ({
      path: Object.keys(values).find((key) => (NAMES[key] ?? key) === name) ?? String(name),
      code: 'objects.value_wrong',
      message,
    })),
  })
}
