import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import { systemActor } from '#platform/shared/actor'
import { insertConsent } from './card/consents.queries.ts'
import { tellPerson } from './tell-person.ts'
import { insertTimelineEntry } from './timeline.queries.ts'

export interface NewConsent {
  readonly personId: string
  /** What for: `personal_data`, `marketing`. */
  readonly purpose: string
  readonly textVersion: number
  /** The words agreed to, as they were shown. */
  readonly text: string
  /** Where it was given, such as the kind of channel. */
  readonly source: string
  readonly at: Date
}

/** Enters a consent into the ledger and the timeline. Resolves to its id. */
export const recordConsent =
  ({ events }: Platform) =>
  async (tx: Tx, consent: NewConsent): Promise<string> => {
    const { personId, purpose, textVersion, source, at } = consent
    const id = await insertConsent(tx, consent)
    await insertTimelineEntry(tx, {
      personId,
      at,
      kind: 'customers.consent_given',
      object: 'consent',
      objectId: id,
      data: { purpose, textVersion, source },
    })
    await tellPerson(events, tx, systemActor(tx.workspaceId), personId)
    return id
  }
