import { audit } from '#platform/server/audit.queries'
import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { personChanged } from '../../contract/events.ts'
import { findShownId } from '../identity/merges.queries.ts'
import { assertOpen } from '../personal-data/assert-open.ts'
import { personNotFound } from '../save-person.ts'
import { insertTimelineEntry } from '../timeline.queries.ts'

/** The card under which a person is shown: what is added, is added there. @throws Problem `customers.person_not_found` */
export async function shownPerson(tx: Tx, id: string): Promise<string> {
  const shownId = await findShownId(tx, id)
  if (!shownId) throw personNotFound(id)
  return shownId
}

export interface CardNews {
  readonly personId: string
  /** `customers.note_added`: the action in the audit log, and the kind in the timeline. */
  readonly action: string
  readonly object?: string
  readonly objectId?: string
  /** What the timeline tells; without it the timeline is left alone. Who did it is added. */
  readonly tells?: Readonly<Record<string, unknown>>
  /** When it happened, if not now. */
  readonly at?: Date
}

/** What a person may say at any time, also of data that is restricted. */
const ALWAYS = new Set(['customers.consent_withdrawn', 'customers.preference_changed'])

/**
 * Something was done on a card: into the audit log, into the timeline if it tells something, and onto the screens that show the card.
 * @throws Problem `customers.restricted`, `customers.erased`
 */
export async function tellCard(
  { events, now }: Pick<Platform, 'events' | 'now'>,
  tx: Tx,
  actor: Actor,
  news: CardNews,
) {
  const { personId, action, object, objectId, tells, at = now() } = news
  if (!ALWAYS.has(action)) await assertOpen(tx, [personId])
  if (tells) {
    const data = { ...tells, operatorId: actor.operatorId, operatorName: actor.name }
    await insertTimelineEntry(tx, {
      personId,
      at,
      kind: action,
      ...(object ? { object } : {}),
      ...(objectId ? { objectId } : {}),
      data,
    })
  }
  await audit(tx, actor, { action, object: 'person', id: personId, details: objectId ? { objectId } : {} })
  await events.publish(tx, actor, personChanged, { personId })
}
