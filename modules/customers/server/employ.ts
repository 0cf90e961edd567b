import { audit } from '#platform/server/audit.queries'
import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import { companyChanged } from '../contract/events.ts'
import type { Employment, EmploymentDraft } from '../contract/people.ts'
import { insertCompanyEntry } from './company-timeline.queries.ts'
import {
  deleteEmployment,
  type EmploymentState,
  findEmployment,
  findHolderOfPlace,
  lockEmployment,
  type Place,
  saveEmployment,
} from './employments.queries.ts'
import { findMembers, findShownId } from './identity/merges.queries.ts'
import { assertOpen } from './personal-data/assert-open.ts'
import { tellCompanies } from './tell-companies.ts'
import { tellPerson } from './tell-person.ts'

/**
 * Says that a person works at a company, as what, since when and until when; what is left out stays as it was. One employment is the main
 * contact of its company. Resolves to it as cards show it.
 *
 * @throws Problem `customers.employment_not_found` when one of them does not exist, `customers.employment_dates`
 */
export const employ =
  (platform: Platform) =>
  async (tx: Tx, actor: Actor, asked: Place & EmploymentDraft): Promise<Employment> => {
    const place = await placeOf(tx, asked)
    await assertOpen(tx, [place.personId])
    const before = await lockEmployment(tx, place)
    const after = withGiven(before, asked)
    if (after.since && after.until && after.until < after.since)
      throw new Problem('customers.employment_dates', 422, 'The last day is before the first.')
    if (!(await saveEmployment(tx, place, after))) throw employmentNotFound()
    const employment = await findEmployment(tx, place)
    if (!employment) throw employmentNotFound()
    const at = platform.now()
    const { personId, companyId } = place
    const data = { position: employment.position, operatorName: actor.name }
    if (!before) await insertCompanyEntry(tx, { companyId, personId, at, kind: 'customers.person_joined', data })
    if (before && !before.until && after.until)
      await insertCompanyEntry(tx, { companyId, personId, at, kind: 'customers.person_left', data })
    tellCompanies(tx)
    await tell(platform, tx, actor, { personId, companyId }, 'customers.person_employed')
    return employment
  }

/** Removes what was said by mistake: who has left stays, with the last day. @throws Problem `customers.employment_not_found` */
export const removeEmployment =
  (platform: Platform) =>
  async (tx: Tx, actor: Actor, asked: Place): Promise<void> => {
    const place = await placeOf(tx, asked)
    await assertOpen(tx, [place.personId])
    if (!(await deleteEmployment(tx, place))) throw employmentNotFound()
    await tell(platform, tx, actor, place, 'customers.person_left_company')
  }

/** An employment with what is given put over what it was. Who has left is nobody's first contact. */
export function withGiven(before: EmploymentState | undefined, draft: EmploymentDraft): EmploymentState {
  const until = draft.until === undefined ? (before?.until ?? null) : draft.until
  return {
    position: draft.position === undefined ? (before?.position ?? null) : draft.position || null,
    roles: [...new Set(draft.roles ?? before?.roles ?? [])],
    since: draft.since === undefined ? (before?.since ?? null) : draft.since,
    until,
    isMain: until === null && (draft.isMain ?? before?.isMain ?? false),
  }
}

/** The card that says so, of those that are shown as this person. */
async function placeOf(tx: Tx, { personId, companyId }: Place): Promise<Place> {
  const shownId = await findShownId(tx, personId)
  if (!shownId) throw employmentNotFound()
  const members = await findMembers(tx, shownId)
  return { personId: await findHolderOfPlace(tx, members, { personId: shownId, companyId }), companyId }
}

const employmentNotFound = () =>
  new Problem(
    'customers.employment_not_found',
    404,
    'There is no such person, no such company, or they are not linked.',
  )

async function tell({ events }: Platform, tx: Tx, actor: Actor, { personId, companyId }: Place, action: string) {
  await audit(tx, actor, { action, object: 'person', id: personId, details: { companyId } })
  await tellPerson(events, tx, actor, personId)
  await events.publish(tx, actor, companyChanged, { companyId })
}
