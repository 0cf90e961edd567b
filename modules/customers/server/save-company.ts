import { audit } from '#platform/server/audit.queries'
import type { Tx } from '#platform/server/database'
import { normalisePhone } from '#platform/server/objects/phone'
import type { Platform } from '#platform/server/platform'
import { indexForSearch } from '#platform/server/search.queries'
import type { Actor } from '#platform/shared/actor'
import { type Changes, changesBetween } from '#platform/shared/changes'
import { newId } from '#platform/shared/ids'
import { Problem } from '#platform/shared/problems'
import type { CompanyDraft, CompanyPatch } from '../contract/companies.ts'
import { companyChanged } from '../contract/events.ts'
import { requisiteFaults, requisiteFields } from '../contract/requisites.ts'
import { type CompanyFields, lockCompany, saveCompanyFields } from './companies.queries.ts'
import { insertCompanyEntry } from './company-timeline.queries.ts'
import { assertMayStandBelow } from './move-company.ts'
import type { SaveUses } from './save-person.ts'
import { type SearchFacts, wordsOf } from './search-documents.ts'

const EMPTY: CompanyFields = {
  name: '',
  legalName: null,
  legalForm: null,
  inn: null,
  kpp: null,
  ogrn: null,
  bic: null,
  account: null,
  site: null,
  city: null,
  phones: [],
  emails: [],
  addresses: [],
  industry: null,
  size: null,
  ownerId: null,
  parentId: null,
  note: '',
  custom: {},
}
const FIELDS = Object.keys(EMPTY) as (keyof CompanyFields)[]

/**
 * Opens a company's card. `at`: when it happened, for what is told later.
 * @throws Problem `customers.requisites_wrong` with a fault for each wrong field, `customers.owner_unknown`, `customers.company_unknown`
 */
export const createCompany =
  (platform: Platform, uses: SaveUses) =>
  async (tx: Tx, actor: Actor, draft: CompanyDraft, { at = platform.now() } = {}): Promise<string> => {
    const id = newId()
    const { custom, ...fields } = await merged(tx, actor, uses, { id, before: EMPTY, draft })
    await save(platform, tx, actor, { id, company: { ...fields, custom }, at, action: 'customers.company_created' })
    await insertCompanyEntry(tx, { companyId: id, at, kind: 'customers.company_created', data: by(actor) })
    return id
  }

/**
 * Changes the given fields.
 * @throws Problem `customers.company_not_found`, `customers.company_ring`, and those of `createCompany`
 */
export const updateCompany =
  (platform: Platform, uses: SaveUses) =>
  async (tx: Tx, actor: Actor, id: string, patch: CompanyPatch): Promise<void> => {
    // Before the row: whoever moves a company holds the order of all first, and never the other way round.
    if (patch.parentId) await assertMayStandBelow(tx, { id, parentId: patch.parentId })
    const before = await lockCompany(tx, id)
    if (!before) throw companyNotFound(id)
    const at = platform.now()
    const company = await merged(tx, actor, uses, { id, before, draft: patch })
    const changes = changesBetween(before, company, FIELDS)
    if (Object.keys(changes).length === 0) return
    await save(platform, tx, actor, { id, company, at, action: 'customers.company_changed', changes })
    const changed = new Set(Object.keys(changes).map((field) => (field.startsWith('custom.') ? 'custom' : field)))
    const data = { fields: [...changed].join(', '), ...by(actor) }
    await insertCompanyEntry(tx, { companyId: id, at, kind: 'customers.company_changed', data })
  }

export const companyNotFound = (id: string) =>
  new Problem('customers.company_not_found', 404, `There is no company ${id}.`)

const by = ({ operatorId, name }: Actor) => ({ operatorId, operatorName: name })

async function save(
  { events }: Platform,
  tx: Tx,
  actor: Actor,
  {
    id,
    company,
    at,
    action,
    changes,
  }: { id: string; company: CompanyFields; at: Date; action: string; changes?: Changes },
): Promise<void> {
  await saveCompanyFields(tx, id, company, at)
  const { name, legalName, inn, ogrn, site, phones, emails } = company
  const places = company.addresses.map(({ text }) => text)
  await indexForSearch(tx, {
    object: 'company',
    id,
    title: [name, legalName, inn, ogrn, site, ...phones, ...emails].filter(Boolean).join(' '),
    body: [company.city, ...places, company.industry, company.note, ...wordsOf(company.custom)]
      .filter(Boolean)
      .join('\n'),
    facts: { name, detail: company.city ?? inn ?? '' } satisfies SearchFacts,
    at,
  })
  await audit(tx, actor, { action, object: 'company', id })
  await events.publish(tx, actor, companyChanged, { companyId: id }, { changes })
}

/** The company with what is given put over what it was, checked. */
async function merged(
  tx: Tx,
  actor: Actor,
  { operators, objects }: SaveUses,
  { id, before, draft }: { id: string; before: CompanyFields; draft: CompanyPatch },
): Promise<CompanyFields> {
  const { custom: given, ...fields } = draft
  const known = Object.fromEntries(
    Object.entries(fields).flatMap(([field, value]) =>
      value === undefined ? [] : [[field, value === '' ? null : value]],
    ),
  )
  const company: CompanyFields = { ...before, ...known }
  if (draft.phones) company.phones = [...new Set(draft.phones.map((phone) => normalisePhone(phone) ?? phone))]
  if (draft.emails) company.emails = [...new Set(draft.emails)]
  assertRequisites(draft, company)
  if (draft.ownerId && !(await operators.operatorNames(tx, [draft.ownerId])).has(draft.ownerId))
    throw new Problem('customers.owner_unknown', 422, `There is no operator ${draft.ownerId}.`)
  if (draft.parentId && before === EMPTY) await assertMayStandBelow(tx, { id, parentId: draft.parentId })
  company.custom = await objects.storeValues(tx, actor, { object: 'company', id, given, before: before.custom })
  return company
}

/** Requisites are checked when one of them is given; what was stored before there were checks hinders no other change. */
function assertRequisites(draft: CompanyPatch, company: CompanyFields): void {
  if (!requisiteFields.some((field) => draft[field])) return
  const faults = Object.entries(requisiteFaults(company))
  if (faults.length === 0) return
  const errors = faults.map(([path, fault]) => ({ path, code: `customers.${fault}`, message: `Wrong: ${fault}.` }))
  throw new Problem('customers.requisites_wrong', 422, 'The check digits of these requisites do not agree.', {
    errors,
    params: { first: errors[0]?.path ?? '' },
  })
}
