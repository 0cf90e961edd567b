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

/** Writes what the office knows of its people: names in parts, where they work, notes; and opens the cards of those who never wrote. */
export async function fillCards(
  { customers, tx }: Past,
  { office, now, personIds }: { office: Office; now: Date; personIds: ReadonlyMap<PersonKey, string> },
): Promise<void> {
  const system = systemActor(tx.workspaceId)
  const companyIds = new Map<string, string>()
  for (const [index, [key, company]] of Object.entries(companies).entries()) {
    const at = minutesAfter(now, -(OLDEST_COMPANY_DAYS - index * DAYS_BETWEEN_COMPANIES) * DAY_MINUTES)
    companyIds.set(key, await customers.createCompany(tx, system, company, { at }))
  }
  const employ = async (actor: Actor, personId: string, { works = [] }: DemoPerson) => {
    for (const [company, position] of works) {
      await customers.employ(tx, actor, { personId, companyId: idOf(companyIds, company), position })
    }
  }

  for (const [key, personId] of personIds) {
    const person = people[key]
    const actor = office.operators[person.owner ?? 'anna']
    const { email: _provenByTheChannel, ...rest } = person
    if (Object.keys(rest).length > 0) await customers.updatePerson(tx, actor, personId, draftOf(office, rest))
    await employ(actor, personId, person)
  }
  for (const { daysAgo, ...person } of typedIn) {
    const actor = office.operators[person.owner ?? 'anna']
    const at = minutesAfter(now, -daysAgo * DAY_MINUTES)
    const draft = { ...draftOf(office, person), ...(person.email ? { emails: [person.email] } : {}) }
    await employ(actor, await customers.createPerson(tx, actor, draft, { at }), person)
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
