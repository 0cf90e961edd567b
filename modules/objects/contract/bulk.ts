import { z } from 'zod'
import { pageQuery } from '#platform/shared/page'

/** So many objects one bulk edit changes: a few minutes of work that somebody can still oversee. */
export const MAX_BULK = 50_000
/** So many are named one by one; more of them are named by a condition. */
const MAX_NAMED = 10_000
/** After so many days a bulk edit is neither told nor taken back. */
export const BULK_KEPT_DAYS = 30

/** `add` and `remove` are for fields of several choices. */
const bulkOps = ['set', 'clear', 'add', 'remove'] as const
export type BulkOp = (typeof bulkOps)[number]

/** One field of the named objects, or of all that a condition finds (null = of all), is changed. */
export const bulkEditDraft = z
  .strictObject({
    ids: z.array(z.uuid()).min(1).max(MAX_NAMED).optional(),
    /** What is wrong with it is answered place by place. */
    condition: z.json().optional(),
    field: z.string().min(1).max(100),
    op: z.enum(bulkOps),
    value: z.json().default(null),
  })
  .refine(({ ids, condition }) => (ids === undefined) !== (condition === undefined), {
    message: 'Either ids or a condition',
    path: ['ids'],
  })
export type BulkEditDraft = z.infer<typeof bulkEditDraft>

/** `stopped`: somebody stopped it, or whoever began it no longer may; what was changed stays changed. */
const bulkStates = ['running', 'done', 'stopped', 'undoing', 'undone'] as const

export const bulkEdit = z.object({
  id: z.uuid(),
  object: z.string(),
  field: z.string(),
  op: z.enum(bulkOps),
  value: z.json(),
  state: z.enum(bulkStates),
  operatorId: z.uuid(),
  operatorName: z.string(),
  total: z.number().int(),
  changed: z.number().int(),
  /** Held the value already. */
  same: z.number().int(),
  failed: z.number().int(),
  undone: z.number().int(),
  /** Not taken back: changed since, gone, or refused. */
  leftAlone: z.number().int(),
  createdAt: z.date(),
  endedAt: z.date().nullable(),
  can: z.object({ stop: z.boolean(), undo: z.boolean() }),
})
export type BulkEdit = z.infer<typeof bulkEdit>

export const bulkEditsQuery = pageQuery.extend({ object: z.string().max(100).optional() })

const bulkRowStates = ['changed', 'same', 'failed', 'undone', 'left'] as const
export const bulkRowsQuery = pageQuery.extend({ state: z.enum(bulkRowStates).optional() })
/** What came of one object. `problem`: the code of what was in the way. */
export const bulkRow = z.object({
  id: z.uuid(),
  /** Empty for one that the reader cannot see, or that is gone. */
  name: z.string(),
  state: z.enum(['waiting', ...bulkRowStates]),
  problem: z.string().nullable(),
  before: z.json(),
  after: z.json(),
})
export type BulkRow = z.infer<typeof bulkRow>
