import type { z } from 'zod'
import { audit } from '#platform/server/audit.queries'
import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import { indexForSearch } from '#platform/server/search.queries'
import type { Actor } from '#platform/shared/actor'
import { newId } from '#platform/shared/ids'
import { Problem } from '#platform/shared/problems'
import { companyChanged } from '../contract/events.ts'
import type { companyDraft, companyPatch } from '../contract/people.ts'
import { type CompanyFields, lockCompany, saveCompanyFields } from './companies.queries.ts'
import type { CustomFields } from './save-person.ts'
import { type SearchFacts, wordsOf } from './search-documents.ts'

export type CompanyDraft = z.infer<typeof companyDraft>
export type CompanyPatch = z.infer<typeof companyPatch>

const EMPTY: CompanyFields = { name: '', inn: null, site: null, city: null, note: '', custom: {} }

/** Opens a company's card. `at`: when it happened, for what is told later. */
export const createCompany =
  (platform: Platform, objects: CustomFields) =>
  async (tx: Tx, actor: Actor, draft: CompanyDraft, { at = platform.now() } = {}): Promise<string> => {
    const id = newId()
    const custom = await objects.storeValues(tx, actor, { object: 'company', id, given: draft.custom })
    await save(platform, tx, actor, {
      id,
      company: { ...merge(EMPTY, draft), custom },
      at,
      action: 'customers.company_created',
    })
    return id
  }

/** Changes the given fields. @throws Problem `customers.company_not_found` */
export const updateCompany =
  (platform: Platform, objects: CustomFields) =>
  async (tx: Tx, actor: Actor, id: string, patch: CompanyPatch): Promise<void> => {
    const before = await lockCompany(tx, id)
    if (!before) throw companyNotFound(id)
    const at = platform.now()
    const custom = await objects.storeValues(tx, actor, {
      object: 'company',
      id,
      given: patch.custom,
      before: before.custom,
    })
    await save(platform, tx, actor, {
      id,
      company: { ...merge(before, patch), custom },
      at,
      action: 'customers.company_changed',
    })
  }

export const companyNotFound = (id: string) =>
  new Problem('customers.company_not_found', 404, `There is no company ${id}.`)

async function save(
  { events }: Platform,
  tx: Tx,
  actor: Actor,
  { id, company, at, action }: { id: string; company: CompanyFields; at: Date; action: string },
): Promise<void> {
  await saveCompanyFields(tx, id, company, at)
  await indexForSearch(tx, {
    object: 'company',
    id,
    title: [company.name, company.inn, company.site].filter(Boolean).join(' '),
    body: [company.city, company.note, ...wordsOf(company.custom)].filter(Boolean).join('\n'),
    facts: { name: company.name, detail: company.city ?? company.inn ?? '' } satisfies SearchFacts,
    at,
  })
  await audit(tx, actor, { action, object: 'company', id })
  await events.publish(tx, actor, companyChanged, { companyId: id })
}

function merge(before: CompanyFields, draft: CompanyPatch): CompanyFields {
  const { custom: _custom, ...given } = draft
  const fields = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  return { ...before, ...fields }
}
