import type { Tx } from '#platform/server/database'
import type { Events } from '#platform/server/events'
import { systemActor } from '#platform/shared/actor'
import { changedOnly } from '#platform/shared/changes'
import { claimsAsCustom, sortClaims } from './claims.ts'
import { type Arrival, evidenceOf, type Findings, type Identified, newsFor, type Somebody } from './findings.ts'
import { linkAlike, type Match, saveIdentities, touchIdentities } from './identities.queries.ts'
import { keepClaimedFields, nameStranger } from './people.queries.ts'
import { cleanName } from './person-name.ts'
import { indexPerson } from './search-documents.ts'
import { tellPerson } from './tell-person.ts'

/** How often the last use of an identity is written down: often enough to see who is active, seldom enough to cost nothing. */
const TOUCH_MS = 3_600_000

/** Adds to a known card what an arrival tells beyond it, without overwriting anything; to a restricted one nothing. */
export const learnFrom =
  (events: Events) =>
  async (tx: Tx, arrival: Arrival, person: Somebody, findings: Findings): Promise<Identified> => {
    const { sender, at } = arrival
    const { personId, ownerId } = person
    if (person.isRestricted) return { personId, name: person.name, ownerId, isNew: false }
    const { gained, claimed, others } = newsFor(person, findings)
    const evidence = evidenceOf(arrival)
    await saveIdentities(tx, { personId, keys: gained, proven: true, evidence, at })
    await saveIdentities(tx, { personId, keys: claimed, proven: false, evidence, at })
    await linkAlike(tx, [{ personId, keys: [...gained, ...claimed], proven: others }])

    const isStale = (match: Match) =>
      match.personId === personId && at.getTime() - match.lastSeenAt.getTime() > TOUCH_MS
    const stale = findings.matches.filter(isStale).flatMap(({ id }) => id ?? [])
    await touchIdentities(tx, stale, at)

    const isFuller = await keepClaimedFields(tx, personId, claimsAsCustom(sender.claims))
    const name = person.nameIsStandIn ? (sortClaims(sender.claims).name ?? cleanName(sender.name)) : null
    if (name) await nameStranger(tx, personId, name, at)

    if (gained.length + claimed.length > 0 || isFuller || name) {
      await indexPerson(tx, personId)
      const changes = {
        ...(gained.length + claimed.length > 0 ? changedOnly('identities') : {}),
        ...(isFuller ? changedOnly('custom') : {}),
        ...(name ? { name: { before: person.name, after: name } } : {}),
      }
      await tellPerson(events, tx, systemActor(tx.workspaceId), personId, changes)
    }
    return { personId, name: name ?? person.name, ownerId, isNew: false }
  }
