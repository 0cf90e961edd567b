import { audit } from '#platform/server/audit.queries'
import type { Tx } from '#platform/server/database'
import { enqueue } from '#platform/server/jobs'
import type { ErasedRows, PersonalDataPart } from '#platform/server/personal-data'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { newId } from '#platform/shared/ids'
import { Problem } from '#platform/shared/problems'
import { personChanged } from '../../contract/events.ts'
import type { Erasure } from '../../contract/personal-data.ts'
import { lockPerson } from '../identity/merges.queries.ts'
import { personNotFound } from '../save-person.ts'
import { checkJob, sealSubject } from './check-erasures.ts'
import { findErasure, insertErasure } from './erasures.queries.ts'
import { identityHash } from './identity-hash.ts'
import { findStandingOf } from './standing.queries.ts'
import { findSubject } from './subject.queries.ts'
import { isSameName, namesPerson } from './who-it-is.ts'

export interface ErasureOrder {
  readonly ground: Erasure['ground']
  readonly note: string
  /** What was typed as confirmation; undefined when the person was confirmed before, and is erased again. */
  readonly name?: string
}

/**
 * Erases a person: every part of the product empties or removes what it keeps of any card that is shown as this one, in one transaction with the
 * proof. Afterwards a job looks through everything for what still names the person, and adds it to the proof.
 *
 * @throws Problem `customers.person_not_found`, `customers.erased`, `customers.name_differs`, `customers.note_names_person`
 */
export function erasePerson(platform: Platform, parts: () => readonly PersonalDataPart[]) {
  const { events, secrets, now } = platform
  return async (tx: Tx, actor: Actor, askedId: string, order: ErasureOrder): Promise<Erasure> => {
    for (const part of parts()) await part.keepOut?.(tx)
    const person = await lockPerson(tx, askedId)
    const standing = person && (await findStandingOf(tx, person.id))
    if (!person || !standing) throw personNotFound(askedId)
    if (standing.erasedAt) throw new Problem('customers.erased', 409, 'The data of this person was erased.')
    const { id: personId } = person
    const cards = [...person.cards.keys()]
    const subject = await findSubject(tx, personId, cards)
    if (order.name !== undefined && !isSameName(order.name, subject.name))
      throw new Problem('customers.name_differs', 422, 'The typed name is not the name of this card.')
    if (namesPerson(order.note, subject))
      throw new Problem('customers.note_names_person', 422, 'The note is kept, so it must not name the person.')

    const at = now()
    let counts: ErasedRows = {}
    for (const part of parts()) counts = sum(counts, await part.erase(tx, subject, at))
    const id = newId()
    await insertErasure(tx, {
      id,
      personId,
      cards,
      at,
      operatorId: actor.operatorId,
      operatorName: actor.name,
      ground: order.ground,
      note: order.note,
      counts,
      identities: subject.identities.map((identity) => identityHash(secrets, identity)),
    })
    const details = { erasureId: id, ground: order.ground }
    await audit(tx, actor, { action: 'customers.person_erased', object: 'person', id: personId, details })
    for (const card of cards) await events.publish(tx, actor, personChanged, { personId: card })
    enqueue(tx, checkJob, { erasureId: id, sealed: sealSubject(secrets, subject, id) })
    const erased = await findErasure(tx, id)
    if (!erased) throw new Error('An erasure without its proof.')
    return erased
  }
}

function sum(one: ErasedRows, other: ErasedRows): ErasedRows {
  const entries = Object.entries(other).map(([table, rows]) => [table, (one[table] ?? 0) + rows])
  return { ...one, ...Object.fromEntries(entries) }
}
