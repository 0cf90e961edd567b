import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import { type Arrival, type Identified, newsFor, type Recognised } from './findings.ts'
import { findMatches, lockIdentities, type Match, touchIdentities } from './identities.queries.ts'
import { recognise, surest } from './identity.ts'
import { learnFrom } from './learn-from.ts'
import { openLeads, provisional } from './open-leads.ts'

/** How often the last use of an identity is written down: often enough to see who is active, seldom enough to cost nothing. */
const TOUCH_MS = 3_600_000

/**
 * The people who wrote, in the order of the arrivals. Found by proven identities only; nobody known gets a lead card. What was merely typed
 * is kept as a claim and makes "maybe the same" pairs, but never finds, joins or overwrites a card. Known senders who tell nothing new
 * cost one statement together.
 *
 * Any number of arrivals of one new sender at once make one person: whoever is to write identities locks them first, in one order.
 */
export const identifyAll = ({ events }: Platform) => {
  const open = openLeads(events)
  const learn = learnFrom(events)

  return async (tx: Tx, arrivals: readonly Arrival[]): Promise<Identified[]> => {
    const recognised = arrivals.map((arrival) => ({ ...arrival, ...recognise(arrival.account.id, arrival.sender) }))
    let matches = await look(tx, recognised)
    const unsettled = recognised.filter((one) => isNews(one, matches))
    if (unsettled.length > 0) {
      await lockIdentities(tx, unsettled.flatMap(keysOf))
      matches = await look(tx, recognised)
    }

    const people = recognised.map((one) => {
      const known = surest(one.proven, matches)
      if (known) return { one, known, isNew: false }
      const { lead, rows } = provisional(one)
      // The next arrival of the same sender finds this card.
      matches = [...matches, ...rows]
      return { one, known: lead, isNew: true }
    })
    const newcomers = people.filter(({ isNew }) => isNew)
    const names = await open(tx, newcomers.map(({ one, known }) => ({ ...one, personId: known.personId })))
    await touchStale(tx, people, matches)
    const answers: Identified[] = []
    for (const { one, known, isNew } of people) {
      const name = names.get(known.personId) ?? known.name
      if (isNew) answers.push({ personId: known.personId, name, ownerId: null, isNew })
      else answers.push(await learn(tx, one, { ...known, name }, matches))
    }
    return answers
  }
}
