import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import { type Arrival, type Identified, newsFor, type Somebody } from './findings.ts'
import { findMatches, lockIdentities, type Match } from './identities.queries.ts'
import { type IdentityKey, keyText, recognise, surest } from './identity.ts'
import { learnFrom } from './learn-from.ts'
import { leadOf, openLeads, type Stranger } from './open-leads.ts'
import { findLocale, type NewCard } from './people.queries.ts'
import { cleanName } from './person-name.ts'

/**
 * The people who wrote, in the order of their arrivals. Found by proven identities only; nobody known gets a lead card. What was merely
 * typed is kept as a claim and makes "maybe the same" pairs, but never finds, joins or overwrites a card. Senders who are known and tell
 * nothing new cost one statement together, strangers a few more together.
 *
 * Any number of arrivals of one new sender at once make one person: whoever is to write identities locks them first, in one order.
 */
export const identifyAll = ({ events }: Platform) => {
  const open = openLeads(events)
  const learn = learnFrom(events)

  return async (tx: Tx, arrivals: readonly Arrival[]): Promise<Identified[]> => {
    const senders = arrivals.map((arrival) => ({ arrival, ...recognise(arrival.account.id, arrival.sender) }))
    let holders = await look(tx, senders)
    const unsettled = senders.filter((sender) => hasNews(sender, holders.of(sender)))
    if (unsettled.length > 0) {
      await lockIdentities(tx, unsettled.flatMap(keysOf))
      holders = await look(tx, senders)
    }

    const isUnnamed = unsettled.some(({ arrival }) => cleanName(arrival.sender.name) === null)
    const { people, leads } = sortOut(senders, holders, isUnnamed ? await findLocale(tx) : 'ru')
    await open(tx, [...leads.values()])
    const answers: Identified[] = []
    for (const { sender, person } of people) {
      const { personId, name, ownerId } = person
      if (leads.has(sender)) answers.push({ personId, name, ownerId, isNew: true })
      else answers.push(await learn(tx, sender.arrival, person, { ...sender, matches: holders.of(sender) }))
    }
    return answers
  }
}

/** As `identifyAll`, for one arrival. */
export const identify = (platform: Platform) => {
  const all = identifyAll(platform)
  return async (tx: Tx, arrival: Arrival): Promise<Identified> => {
    const [person] = await all(tx, [arrival])
    if (!person) throw new Error('An arrival without a person.')
    return person
  }
}

/** Gives every sender the person known by the surest identity, or a new card, which the next ones with its identities find too. */
function sortOut(senders: readonly Stranger[], holders: Holders, locale: 'ru' | 'en') {
  const leads = new Map<Stranger, NewCard>()
  const people = senders.map((sender): { sender: Stranger; person: Somebody } => {
    const known = surest(sender.proven, holders.of(sender))
    if (known) return { sender, person: known }
    const lead = leadOf(sender, locale)
    const person = {
      personId: lead.id,
      name: lead.name,
      nameIsStandIn: lead.nameIsStandIn,
      ownerId: null,
      isRestricted: false,
    }
    const row = { ...person, id: null, lastSeenAt: lead.createdAt }
    leads.set(sender, lead)
    holders.add(lead.proven.map((key) => ({ ...row, ...key, proven: true })))
    holders.add(lead.claims.map((key) => ({ ...row, ...key, proven: false })))
    return { sender, person }
  })
  return { people, leads }
}

const keysOf = ({ proven, claims }: Stranger) => [...proven, ...claims]

async function look(tx: Tx, senders: readonly Stranger[]): Promise<Holders> {
  const keys = senders.flatMap(keysOf)
  return new Holders(keys.length > 0 ? await findMatches(tx, keys) : [])
}

function hasNews({ proven, claims }: Stranger, matches: readonly Match[]): boolean {
  const person = surest(proven, matches)
  if (!person) return true
  if (person.isRestricted) return false
  const { gained, claimed } = newsFor(person, { proven, claims, matches })
  return gained.length + claimed.length > 0
}

/** What is known of the keys of many senders, so that each is compared with its own only. */
class Holders {
  readonly #byKey = new Map<string, Match[]>()

  constructor(matches: readonly Match[]) {
    this.add(matches)
  }

  add(matches: readonly Match[]): void {
    for (const match of matches) {
      const known = this.#byKey.get(keyText(match))
      if (known) known.push(match)
      else this.#byKey.set(keyText(match), [match])
    }
  }

  /** Everything known of the keys of one sender. */
  of(sender: Stranger): Match[] {
    return keysOf(sender).flatMap((key: IdentityKey) => this.#byKey.get(keyText(key)) ?? [])
  }
}
