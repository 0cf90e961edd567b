import { audit } from '#platform/server/audit.queries'
import type { Tx } from '#platform/server/database'
import type { PersonalDataPart } from '#platform/server/personal-data'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import { personChanged } from '../../contract/events.ts'
import type { DataStanding } from '../../contract/personal-data.ts'
import { lockPerson } from '../identity/merges.queries.ts'
import { personNotFound } from '../save-person.ts'
import { findStandingOf, setRestriction } from './standing.queries.ts'
import { findSubject } from './subject.queries.ts'

/**
 * Restricts a person's data, or lets it be used again (`reason` null): kept and readable, but neither changed, written to, compared nor exported.
 * What comes in from them still comes in. Messages that wait to leave are stopped.
 *
 * @throws Problem `customers.person_not_found`, `customers.erased`
 */
export const restrictPerson =
  ({ events, now }: Platform, parts: () => readonly PersonalDataPart[]) =>
  async (tx: Tx, actor: Actor, id: string, reason: string | null): Promise<DataStanding> => {
    const person = await lockPerson(tx, id)
    const standing = person && (await findStandingOf(tx, person.id))
    if (!person || !standing) throw personNotFound(id)
    if (standing.erasedAt) throw new Problem('customers.erased', 409, 'The data of this person was erased.')
    const at = now()
    const cards = [...person.cards.keys()]
    await setRestriction(tx, cards, reason === null ? null : { at, reason })
    if (reason !== null) {
      const subject = await findSubject(tx, standing.shownId, cards)
      for (const part of parts()) await part.restrict?.(tx, subject, at)
    }
    const action = reason === null ? 'customers.person_released' : 'customers.person_restricted'
    await audit(tx, actor, { action, object: 'person', id: standing.shownId })
    for (const personId of cards) await events.publish(tx, actor, personChanged, { personId })
    return { restrictedAt: reason === null ? null : at, restrictedReason: reason, erasedAt: null }
  }
