import { defaultsOf } from '#modules/objects'
import type { Tx } from '#platform/server/database'
import type { Events } from '#platform/server/events'
import { indexManyForSearch } from '#platform/server/search.queries'
import { systemActor } from '#platform/shared/actor'
import { newId } from '#platform/shared/ids'
import { personCreated } from '../contract/events.ts'
import { sortClaims } from './claims.ts'
import { type Arrival, evidenceOf } from './findings.ts'
import { linkAlike } from './identities.queries.ts'
import type { IdentityKey } from './identity.ts'
import { EMPTY_PERSON, insertCards, type NewCard } from './people.queries.ts'
import { cleanName, standInName } from './person-name.ts'
import { documentOfNew } from './search-documents.ts'

/** Somebody who wrote and is not known, with what they can be recognised by. */
export interface Stranger {
  readonly arrival: Arrival
  readonly proven: readonly IdentityKey[]
  readonly claims: readonly IdentityKey[]
}

/** Opens these cards with everything around them. As many statements for a hundred as for one. */
export const openLeads =
  (events: Events) =>
  async (tx: Tx, leads: readonly NewCard[]): Promise<void> => {
    if (leads.length === 0) return
    const defaults = await insertCards(tx, leads, defaultsOf(tx, 'person'))
    await linkAlike(
      tx,
      leads.map(({ id, proven, claims }) => ({ personId: id, keys: [...proven, ...claims] })),
    )
    await indexManyForSearch(
      tx,
      leads.map((lead) => documentOfNew({ ...lead, custom: { ...defaults, ...lead.custom } })),
    )
    for (const { id } of leads) await events.publish(tx, systemActor(tx.workspaceId), personCreated, { personId: id })
  }

/** A stranger's card as it is to be opened: a lead, filled with what the sender said. Pure but for its new id. */
export function leadOf({ arrival, proven, claims }: Stranger, locale: 'ru' | 'en'): NewCard {
  const said = sortClaims(arrival.sender.claims)
  const given = said.name ?? cleanName(arrival.sender.name)
  const evidence = evidenceOf(arrival)
  return {
    ...EMPTY_PERSON,
    ...said,
    id: newId(),
    name: given ?? standInName([...proven, ...claims], locale),
    nameIsStandIn: given === null,
    origin: arrival.account.kind,
    createdAt: arrival.at,
    proven,
    claims,
    evidence,
    openedBy: { accountId: arrival.account.id },
  }
}
