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
import { insertLeads, type NewLead } from './people.queries.ts'
import { cleanName, standInName } from './person-name.ts'
import { isAddress, personDocument } from './search-documents.ts'

/** Somebody who wrote and is not known, with what they can be recognised by. */
export interface Stranger {
  readonly arrival: Arrival
  readonly proven: readonly IdentityKey[]
  readonly claims: readonly IdentityKey[]
}

/** Opens these cards with everything around them. As many statements for a hundred as for one. */
export const openLeads =
  (events: Events) =>
  async (tx: Tx, leads: readonly NewLead[]): Promise<void> => {
    if (leads.length === 0) return
    const defaults = await insertLeads(tx, leads)
    await linkAlike(
      tx,
      leads.map(({ id, proven, claims }) => ({ personId: id, keys: [...proven, ...claims] })),
    )
    await indexManyForSearch(
      tx,
      leads.map((lead) => documentOf({ ...lead, custom: { ...defaults, ...lead.custom } })),
    )
    for (const { id } of leads) await events.publish(tx, systemActor(tx.workspaceId), personCreated, { personId: id })
  }

/** A stranger's card as it is to be opened: a lead, filled with what the sender said. Pure but for its new id. */
export function leadOf({ arrival, proven, claims }: Stranger, locale: 'ru' | 'en'): NewLead {
  const said = sortClaims(arrival.sender.claims)
  const given = said.name ?? cleanName(arrival.sender.name)
  return {
    ...said,
    id: newId(),
    name: given ?? standInName([...proven, ...claims], locale),
    nameIsStandIn: given === null,
    origin: arrival.account.kind,
    createdAt: arrival.at,
    proven,
    claims,
    evidence: evidenceOf(arrival),
  }
}

const documentOf = ({ id, proven, claims, ...lead }: NewLead) =>
  personDocument(id, {
    ...lead,
    parts: [lead.lastName, lead.firstName, lead.middleName].filter((part) => part !== null),
    addresses: [...proven, ...claims].filter(isAddress).map(({ value }) => value),
    note: '',
  })
