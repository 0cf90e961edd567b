import { z } from 'zod'
import { addressValue } from '#platform/shared/objects/field-types'
import { pageQuery } from '#platform/shared/page'
import { employment, timelineEntry } from './people.ts'

/** Custom values by the keys of their fields. */
const custom = z.record(z.string().max(60), z.json())

export const legalForms = ['ooo', 'ao', 'pao', 'ip', 'self_employed', 'state', 'nonprofit', 'foreign', 'other'] as const
export type LegalForm = (typeof legalForms)[number]

/** By people employed, as law 209-FZ divides them: up to 15, 100, 250, and more. */
export const companySizes = ['micro', 'small', 'medium', 'large'] as const
export type CompanySize = (typeof companySizes)[number]

export const addressKinds = ['legal', 'actual', 'postal', 'delivery', 'billing', 'other'] as const
export type AddressKind = (typeof addressKinds)[number]

const companyAddress = addressValue.extend({ kind: z.enum(addressKinds) })
export type CompanyAddress = z.infer<typeof companyAddress>

/** A company by its name. */
const companyName = z.object({ id: z.uuid(), name: z.string() })

/** What stands in lists. */
export const company = z.object({
  id: z.uuid(),
  name: z.string(),
  legalName: z.string().nullable(),
  legalForm: z.enum(legalForms).nullable(),
  inn: z.string().nullable(),
  kpp: z.string().nullable(),
  /** OGRN of an organisation, OGRNIP of an entrepreneur. */
  ogrn: z.string().nullable(),
  bic: z.string().nullable(),
  account: z.string().nullable(),
  site: z.string().nullable(),
  city: z.string().nullable(),
  phones: z.array(z.string()),
  emails: z.array(z.string()),
  addresses: z.array(companyAddress),
  industry: z.string().nullable(),
  size: z.enum(companySizes).nullable(),
  ownerId: z.uuid().nullable(),
  parentId: z.uuid().nullable(),
  note: z.string(),
  custom,
  createdAt: z.date(),
  updatedAt: z.date(),
  /** Who works there now and who did, at most 200. */
  people: z.array(employment),
  can: z.object({ edit: z.boolean() }),
})
export type Company = z.infer<typeof company>

/** Another company that may be this one: `inn` and `name` say what they have in common. */
export const companyLikeness = companyName.extend({
  inn: z.string().nullable(),
  city: z.string().nullable(),
  same: z.array(z.enum(['inn', 'kpp', 'name'])),
})
export type CompanyLikeness = z.infer<typeof companyLikeness>

/** The card: the company with those that may be the same. */
export const companyCard = company.extend({ likenesses: z.array(companyLikeness) })
export type CompanyCard = z.infer<typeof companyCard>

const digits = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .transform((text) => text.replaceAll(/[\s-]/g, '').toUpperCase() || null)
    .nullable()

/** `phones`, `emails` and `addresses` replace those that are there. Requisites are checked together with what is known. */
export const companyDraft = z.strictObject({
  name: z.string().trim().min(1).max(300),
  legalName: z.string().trim().max(500).nullable().optional(),
  legalForm: z.enum(legalForms).nullable().optional(),
  inn: digits(20).optional(),
  kpp: digits(20).optional(),
  ogrn: digits(20).optional(),
  bic: digits(20).optional(),
  account: digits(30).optional(),
  site: z
    .url({ protocol: /^https?$/ })
    .max(300)
    .nullable()
    .optional(),
  city: z.string().trim().max(200).nullable().optional(),
  phones: z.array(z.string().trim().min(3).max(40)).max(20).optional(),
  emails: z.array(z.email().max(254).toLowerCase()).max(20).optional(),
  addresses: z.array(companyAddress).max(20).optional(),
  industry: z.string().trim().max(100).nullable().optional(),
  size: z.enum(companySizes).nullable().optional(),
  ownerId: z.uuid().nullable().optional(),
  parentId: z.uuid().nullable().optional(),
  note: z.string().max(20_000).optional(),
  custom: custom.optional(),
})
export type CompanyDraft = z.infer<typeof companyDraft>
export const companyPatch = companyDraft.partial()
export type CompanyPatch = z.infer<typeof companyPatch>

export const companiesQuery = pageQuery.extend({
  q: z.string().max(200).optional(),
  /** As of people. */
  sort: z.string().max(300).default('name'),
  filter: z.string().max(20_000).optional(),
})
export type CompaniesQuery = z.infer<typeof companiesQuery>

/** What a company would be when it is saved so: those that may be it already. */
export const companyLikenessQuery = z.object({
  name: z.string().trim().max(300).optional(),
  inn: z.string().trim().max(20).optional(),
  exceptId: z.uuid().optional(),
})

const treeCount = z.object({ companies: z.number().int(), people: z.number().int() })

/** The group that a company belongs to, from its top. Who works at two of its companies is counted once. */
export const companyTree = z.object({
  companies: z.array(
    companyName.extend({
      parentId: z.uuid().nullable(),
      /** Who works in this very company now. */
      people: z.number().int(),
    }),
  ),
  /** There are more than are listed; the counts are of the listed ones. */
  isCut: z.boolean(),
  group: treeCount,
  /** This company and those below it. */
  branch: treeCount,
})
export type CompanyTree = z.infer<typeof companyTree>

/** An entry of the company itself, or of somebody who worked there when it happened. */
export const companyTimelineEntry = timelineEntry.extend({ person: companyName.nullable() })
export type CompanyTimelineEntry = z.infer<typeof companyTimelineEntry>
