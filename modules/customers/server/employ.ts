import { audit } from '#platform/server/audit.queries'
import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import { companyChanged, personChanged } from '../contract/events.ts'
import type { Employment } from '../contract/people.ts'
import { deleteEmployment, saveEmployment } from './companies.queries.ts'

interface Place {
  readonly personId: string
  readonly companyId: string
}

/** Says that a person works at a company, and as what. @throws Problem `customers.employment_not_found` when one of them does not exist. */
export const employ =
  (platform: Platform) =>
  async (tx: Tx, actor: Actor, place: Place & { position: string | null }): Promise<Employment> => {
    const employment = await saveEmployment(tx, place)
    if (!employment) throw employmentNotFound()
    await tell(platform, tx, actor, place, 'customers.person_employed')
    return employment
  }

/** Says that a person no longer works at a company. @throws Problem `customers.employment_not_found` */
export const dismissEmployee =
  (platform: Platform) =>
  async (tx: Tx, actor: Actor, place: Place): Promise<void> => {
    if (!(await deleteEmployment(tx, place.personId, place.companyId))) throw employmentNotFound()
    await tell(platform, tx, actor, place, 'customers.person_left_company')
  }

const employmentNotFound = () =>
  new Problem(
    'customers.employment_not_found',
    404,
    'There is no such person, no such company, or they are not linked.',
  )

async function tell({ events }: Platform, tx: Tx, actor: Actor, { personId, companyId }: Place, action: string) {
  await audit(tx, actor, { action, object: 'person', id: personId, details: { companyId } })
  await events.publish(tx, actor, personChanged, { personId })
  await events.publish(tx, actor, companyChanged, { companyId })
}
