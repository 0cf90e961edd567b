import type { Tx } from '#platform/server/database'
import type { Events } from '#platform/server/events'
import { systemActor } from '#platform/shared/actor'
import { newId } from '#platform/shared/ids'
import { personCreated } from '../contract/events.ts'
import { sortClaims } from './claims.ts'
import { type Arrival, evidenceOf, type Findings, type Identified } from './findings.ts'
import { linkAlike } from './identities.queries.ts'
import { findLocale, insertLead } from './people.queries.ts'
import { cleanName, standInName } from './person-name.ts'
import { indexPersonAs, isAddress } from './search-documents.ts'

/** Opens a card for somebody who wrote and is not known: a lead, filled with what the sender said. */
export const openLead =
  (events: Events) =>
  async (tx: Tx, arrival: Arrival, { proven, claims }: Findings): Promise<Identified> => {
    const { account, sender, at } = arrival
    const keys = [...proven, ...claims]
    const said = sortClaims(sender.claims)
    const given = said.name ?? cleanName(sender.name)
    const name = given ?? standInName(keys, await findLocale(tx))
    const id = newId()

    await insertLead(tx, {
      ...said,
      id,
      name,
      nameIsStandIn: given === null,
      origin: account.kind,
      createdAt: at,
      proven,
      claims,
      evidence: evidenceOf(arrival),
    })
    await linkAlike(tx, id, keys)
    await indexPersonAs(tx, id, {
      name,
      parts: [said.lastName, said.firstName, said.middleName].filter((part) => part !== null),
      addresses: keys.filter(isAddress).map(({ value }) => value),
      city: said.city,
      note: '',
      custom: said.custom,
      createdAt: at,
    })
    await events.publish(tx, systemActor(tx.workspaceId), personCreated, { personId: id })
    return { personId: id, name, ownerId: null, isNew: true }
  }
