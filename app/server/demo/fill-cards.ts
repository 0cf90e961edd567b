import { type Actor, systemActor } from '#platform/shared/actor'
import { type CompanyKey, companies } from './cast.ts'
import type { Office } from './office.ts'
import type { Past } from './past.ts'
import { type DemoPerson, type PersonKey, people, typedIn } from './people.ts'
import { minutesAfter } from './when.ts'

const DAY_MINUTES = 24 * 60
/** The oldest company has been a customer for so long; each next one for less. */
const OLDEST_COMPANY_DAYS = 240
const DAYS_BETWEEN_COMPANIES = 20

/** Somebody who wrote, and since when the office knows more of them. */
export interface Acquaintance {
  readonly key: PersonKey
  readonly personId: string
  readonly since: Date
}

/** Writes what the office knows of its people: names in parts, where they work, notes; and opens the cards of those who never wrote. */
export async function fillCards(
  { customers, tx, at }: Past,
  { office, now, known }: { office: Office; now: Date; known: readonly Acquaintance[] },
): Promise<void> {
  const system = systemActor(tx.workspaceId)
  const companyIds = new Map<string, string>()
  for (const [index, [key, company]] of Object.entries(companies).entries()) {
    const opened = minutesAfter(now, -(OLDEST_COMPANY_DAYS - index * DAYS_BETWEEN_COMPANIES) * DAY_MINUTES)
    companyIds.set(key, await customers.createCompany(tx, system, company, { at: opened }))
  }
  const employ = async (actor: Actor, personId: string, { works = [] }: DemoPerson) => {
    for (const [company, position] of works) {
      await customers.employ(tx, actor, { personId, companyId: idOf(companyIds, company), position })
    }
  }

  for (const { key, personId, since } of known) {
    const person = people[key]
    const actor = office.operators[person.owner ?? 'anna']
    const { email: _provenByTheChannel, ...rest } = person
    if (Object.keys(rest).length === 0) continue
    await at(since, () => customers.updatePerson(tx, actor, personId, draftOf(office, rest)))
    await employ(actor, personId, person)
  }
  for (const { daysAgo, ...person } of typedIn) {
    const actor = office.operators[person.owner ?? 'anna']
    const opened = minutesAfter(now, -daysAgo * DAY_MINUTES)
    const draft = { ...draftOf(office, person), ...(person.email ? { emails: [person.email] } : {}) }
    await employ(actor, await customers.createPerson(tx, actor, draft, { at: opened }), person)
  }
}

function draftOf(office: Office, { owner, phone, works: _works, custom, email: _email, ...fields }: DemoPerson) {
  return {
    ...fields,
    ...(custom ? { custom: { ...custom } } : {}),
    ...(owner ? { ownerId: office.operators[owner].operatorId } : {}),
    ...(phone ? { phones: [phone] } : {}),
  }
}

function idOf(companyIds: ReadonlyMap<string, string>, key: CompanyKey): string {
  const id = companyIds.get(key)
  if (!id) throw new Error(`The demo has no company ${key}.`)
  return id
}
