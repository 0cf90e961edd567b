import { z } from 'zod'

/** Encodings that can be chosen; the platform's own decoder reads all of them. */
export const encodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1251',
  'koi8-r',
  'ibm866',
  'x-mac-cyrillic',
  'windows-1252',
] as const
export type Encoding = (typeof encodings)[number]

export const importFormats = ['csv', 'xlsx', 'vcard', 'json'] as const

/** How a file is read. `encoding` and `delimiter` matter to CSV, `sheet` to a workbook. */
export const importReading = z.object({
  format: z.enum(importFormats),
  encoding: z.enum(encodings),
  delimiter: z.string().length(1),
  hasHeader: z.boolean(),
  sheet: z.string().max(100).nullable(),
  /** Sheets of the workbook, in their order. */
  sheets: z.array(z.string()),
})
export type ImportReading = z.infer<typeof importReading>

/** The order of a date written with numbers alone, such as 01.02.2027. */
export const dateOrders = ['dmy', 'mdy', 'ymd'] as const
export type DateOrder = (typeof dateOrders)[number]

/** One column of a file, with what it holds and the field that it fills; null = it is left out. */
export const importColumn = z.object({
  name: z.string(),
  examples: z.array(z.string()),
  target: z.string().nullable(),
  dates: z.enum(dateOrders).nullable(),
  /** Why this target was suggested; null when somebody chose it or nothing was found. */
  why: z.enum(['memory', 'preset', 'name', 'values']).nullable(),
})
export type ImportColumn = z.infer<typeof importColumn>

const label = z.object({ en: z.string(), ru: z.string() })

/** A field that a column may fill. */
export const importTarget = z.object({
  key: z.string(),
  label,
  type: z.string(),
  /** Several columns may fill it. */
  isMany: z.boolean(),
  isRequired: z.boolean(),
  /** Rows and cards may be told to be the same by it. */
  isKey: z.boolean(),
})
export type ImportTarget = z.infer<typeof importTarget>

export const importStates = [
  'mapping',
  'checking',
  'checked',
  'running',
  'stopped',
  'done',
  'failed',
  'undoing',
  'undone',
] as const
export type ImportState = (typeof importStates)[number]

/** What becomes of a row. `joined`: a card that an earlier row of the same file makes takes it in. */
export const rowOutcomes = ['created', 'changed', 'joined', 'same', 'refused'] as const
export type RowResult = (typeof rowOutcomes)[number]

const counts = z.object({
  created: z.number().int(),
  changed: z.number().int(),
  joined: z.number().int(),
  same: z.number().int(),
  refused: z.number().int(),
  /** Of those that come in: rows of which something was left out. */
  remarked: z.number().int(),
})
export type ImportCounts = z.infer<typeof counts>

const undoCounts = z.object({ removed: z.number().int(), restored: z.number().int(), left: z.number().int() })
export type UndoCounts = z.infer<typeof undoCounts>

/** What becomes of a card that is known: its fields are replaced, only empty ones are filled, or it stays as it is. */
export const onMatch = z.enum(['update', 'fill', 'skip'])

/** One file that is taken in. */
export const importJob = z.object({
  id: z.uuid(),
  object: z.string(),
  fileName: z.string(),
  sizeBytes: z.number().int(),
  state: z.enum(importStates),
  reading: importReading,
  /** The product whose export the file is, as far as it is known. */
  preset: z.string().nullable(),
  /** Field by which a row and a card are the same; null = every row is somebody new. */
  key: z.string().nullable(),
  onMatch,
  /** An administrator answers for it that e-mails and phones belong to these people. */
  isProven: z.boolean(),
  /** What the check expects; null before it. */
  expected: counts.nullable(),
  /** What the import did; null before it. */
  result: counts.nullable(),
  undo: undoCounts.nullable(),
  /** Rows done in what is under way, and in all as far as they are known. */
  done: z.number().int(),
  total: z.number().int().nullable(),
  /** Up to this row search finds the cards that were made; null when it finds them at once. */
  searched: z.number().int().nullable(),
  /** Null when it cannot be told yet. */
  secondsLeft: z.number().int().nullable(),
  problem: z.object({ code: z.string(), params: z.record(z.string(), z.unknown()) }).nullable(),
  operatorName: z.string(),
  createdAt: z.date(),
  finishedAt: z.date().nullable(),
  can: z.object({
    map: z.boolean(),
    check: z.boolean(),
    run: z.boolean(),
    stop: z.boolean(),
    undo: z.boolean(),
    prove: z.boolean(),
    /** Columns that no field fits may get a new one. */
    addFields: z.boolean(),
  }),
})
export type ImportJob = z.infer<typeof importJob>

/** Names of one file that are asked about: more of them are a column of something else, or a list that nobody goes through. */
export const MAX_NAMED_OPERATORS = 100
/** A name in a column of operators that nobody here has, and who was said to be meant; null = the field is left out. */
const namedOperator = z.strictObject({ name: z.string().min(1).max(100), operatorId: z.uuid().nullable() })

/** One import with everything that its page needs. */
export const importCard = importJob.extend({
  columns: z.array(importColumn),
  targets: z.array(importTarget),
  /** Found by the check, the first `MAX_NAMED_OPERATORS`. */
  operators: z.array(namedOperator),
  /** Who is meant by all other names that nobody here has; null = those fields are left out. */
  othersOperatorId: z.uuid().nullable(),
})
export type ImportCard = z.infer<typeof importCard>

export const importPatch = z.strictObject({
  reading: z
    .strictObject({
      encoding: z.enum(encodings),
      delimiter: z.string().length(1),
      hasHeader: z.boolean(),
      sheet: z.string().max(100).nullable(),
    })
    .partial()
    .optional(),
  /** Targets of the columns, in their order. */
  mapping: z
    .array(z.strictObject({ target: z.string().max(100).nullable(), dates: z.enum(dateOrders).nullable().optional() }))
    .max(500)
    .optional(),
  key: z.string().max(100).nullable().optional(),
  onMatch: onMatch.optional(),
  isProven: z.boolean().optional(),
  /** Who is meant by names of operators, in this file and in all later ones. */
  operators: z.array(namedOperator).max(MAX_NAMED_OPERATORS).optional(),
  /** Who is meant by all other names, in this file only: it says nothing of who they are. */
  othersOperatorId: z.uuid().nullable().optional(),
})
export type ImportPatch = z.infer<typeof importPatch>

/** What a new field that an import describes may hold, in the order in which it is proposed. */
export const newFieldTypes = ['boolean', 'number', 'date', 'choice', 'text', 'long_text'] as const
export type NewFieldType = (typeof newFieldTypes)[number]

/** A column of the file, from 0. */
const columnNumber = z.number().int().min(0).max(499)
export const proposalQuery = z.object({ column: z.coerce.number().pipe(columnNumber) })

/** The field that a column could fill, by the values that it holds. */
export const fieldProposal = z.object({
  column: z.number().int(),
  label: z.string(),
  type: z.enum(newFieldTypes),
  /** Types that all values fit. */
  fits: z.array(z.enum(newFieldTypes)),
  /** What a choice would offer; empty when the values are no choice. */
  options: z.array(z.string()),
  /** Values that were looked at. */
  rows: z.number().int(),
})
export type FieldProposal = z.infer<typeof fieldProposal>

/** A new field for a column. */
export const newField = z.strictObject({
  column: columnNumber,
  label: z.string().trim().min(1).max(200),
  type: z.enum(newFieldTypes),
})
export type NewField = z.infer<typeof newField>

/** Something to say of a row: `field` names the field it is about. */
const reason = z.object({
  code: z.string(),
  field: z.string().optional(),
  params: z.record(z.string(), z.string()).optional(),
})
export type ImportReason = z.infer<typeof reason>

/** One row: as it stands in the file, and what becomes or became of it. */
export const importRow = z.object({
  number: z.number().int(),
  cells: z.array(z.string()),
  outcome: z.enum(rowOutcomes),
  /** The card; null when there is none yet. */
  card: z.object({ id: z.uuid().nullable(), name: z.string() }).nullable(),
  /** By what the card was found. */
  by: z.object({ kind: z.string(), value: z.string() }).nullable(),
  changes: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
  /** Other cards that may be the same. */
  alike: z.array(z.object({ personId: z.uuid(), name: z.string(), kind: z.string(), value: z.string() })),
  /** Why the row is refused. */
  reasons: z.array(reason),
  /** What was left out of a row that comes in, and why. */
  remarks: z.array(reason),
  /** The earlier row of the file whose card takes this one in. */
  joinedRow: z.number().int().nullable(),
  /** What an undo did with it. */
  undone: z.object({ kind: z.enum(['removed', 'restored', 'left']), left: z.array(reason) }).nullable(),
})
export type ImportRow = z.infer<typeof importRow>

export const importRowsQuery = z.object({
  outcome: z.enum([...rowOutcomes, 'left', 'remarked']).optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type ImportRowsQuery = z.infer<typeof importRowsQuery>
