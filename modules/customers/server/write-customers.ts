import type { z } from 'zod'
import { customPart } from '#modules/objects'
import type { ObjectWriter, ValuesByField } from '#platform/server/objects/source'
import type { Platform } from '#platform/server/platform'
import { Problem } from '#platform/shared/problems'
import { companyDraft, companyPatch } from '../contract/companies.ts'
import { personDraft } from '../contract/people.ts'
import { removeUnusedCompanies } from './import/undo-companies.ts'
import { createCompany, updateCompany } from './save-company.ts'
import { createPerson, type SaveUses, updatePerson } from './save-person.ts'

const EDIT = 'customers.edit'

/** People by the keys of their fields. E-mails and phones are added as claims, everything else replaces what its field holds. */
export function personWriter(platform: Platform, uses: SaveUses): ObjectWriter {
  const create = createPerson(platform, uses)
  const change = updatePerson(platform, uses)
  return {
    permission: EDIT,
    table: 'customers.people',
    create: (tx, actor, values) => create(tx, actor, draftOf(personDraft, values)),
    change: (tx, actor, id, values) => change(tx, actor, id, draftOf(personDraft, values)),
  }
}

/** Companies by the keys of their fields: each value replaces what its field holds, phones and e-mails too. */
export function companyWriter(platform: Platform, uses: SaveUses): ObjectWriter {
  const create = createCompany(platform, uses)
  const change = updateCompany(platform, uses)
  return {
    permission: EDIT,
    table: 'customers.companies',
    create: (tx, actor, values) => create(tx, actor, draftOf(companyDraft, values)),
    change: (tx, actor, id, values) => change(tx, actor, id, draftOf(companyPatch, values)),
    takeBack: async (tx, _actor, id) => (await removeUnusedCompanies(tx, [id])).length > 0,
  }
}

/** Fields whose names in the API of cards are other ones. */
const NAMES: Readonly<Record<string, string>> = { owner: 'ownerId', parent: 'parentId' }
/** Fields that are never null: empty is a text of no characters, or nothing more to add. */
const EMPTY: Readonly<Record<string, unknown>> = { note: '', emails: [], phones: [] }

/** Values by the keys of fields as the API of cards takes them. @throws Problem `objects.value_wrong` */
function draftOf<Draft>(schema: z.ZodType<Draft>, values: ValuesByField): Draft {
  const own = Object.entries(values).filter(([key]) => !key.startsWith('custom.'))
  const given = Object.fromEntries(own.map(([key, value]) => [NAMES[key] ?? key, value ?? EMPTY[key] ?? null]))
  const custom = customPart(values)
  const result = schema.safeParse({ ...given, ...(Object.keys(custom).length > 0 ? { custom } : {}) })
  if (result.success) return result.data
  throw new Problem('objects.value_wrong', 422, 'Some values do not fit their fields.', {
    errors: result.error.issues.map(({ path: [name], message }) => ({
      path: fieldOf(String(name)),
      code: 'objects.value_wrong',
      message,
    })),
  })
}

const fieldOf = (name: string) => Object.entries(NAMES).find(([, draft]) => draft === name)?.[0] ?? name
