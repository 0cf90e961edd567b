import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import { type Arrival, type Findings, type Identified, newsFor } from './findings.ts'
import { findMatches, lockIdentities, type Match } from './identities.queries.ts'
import { recognise, surest } from './identity.ts'
import { learnFrom } from './learn-from.ts'
import { openLead } from './open-lead.ts'

/**
 * The person who wrote. Found by proven identities only; nobody known gets a lead card. What was merely typed is kept as a claim and makes
 * "maybe the same" pairs, but never finds, joins or overwrites a card. A known sender who tells nothing new costs one statement.
 *
 * Any number of arrivals of one new sender at once make one person: whoever is to write identities locks them first, in one order.
 */
export const identify = ({ events }: Platform) => {
  const open = openLead(events)
  const learn = learnFrom(events)

  return async (tx: Tx, arrival: Arrival): Promise<Identified> => {
    const { proven, claims } = recognise(arrival.account.id, arrival.sender)
    const keys = [...proven, ...claims]
    const look = async () => ({ proven, claims, matches: keys.length > 0 ? await findMatches(tx, keys) : [] })

    let findings = await look()
    let person = surest(proven, findings.matches)
    if (keys.length > 0 && (!person || hasNews(person, findings))) {
      await lockIdentities(tx, keys)
      findings = await look()
      person = surest(proven, findings.matches)
    }
    if (!person) return open(tx, arrival, findings)
    return learn(tx, arrival, person, findings)
  }
}

const hasNews = (person: Match, findings: Findings) => {
  const { gained, claimed } = newsFor(person, findings)
  return gained.length + claimed.length > 0
}
