import { z } from 'zod'
import { roles } from '#platform/shared/actor'

export const laidOutObjects = ['person', 'company'] as const
export type LaidOutObject = (typeof laidOutObjects)[number]

/** For whom a layout is: one role, or everybody whose role has none of its own. */
export const layoutReaders = ['everybody', ...roles] as const
export type LayoutReader = (typeof layoutReaders)[number]

const block = z.strictObject({ id: z.string().min(1).max(100), isHidden: z.boolean() })
export type LaidOutBlock = z.infer<typeof block>

const blocks = z
  .array(block)
  .max(100)
  .refine((list) => new Set(list.map(({ id }) => id)).size === list.length, 'A block stands twice')

/** Blocks of a card in their order. One that a layout does not name (it came later) stands where it stands by itself. */
export const layoutDraft = z.strictObject({ blocks })
export type LayoutDraft = z.infer<typeof layoutDraft>

export const layout = z.object({
  object: z.enum(laidOutObjects),
  reader: z.enum(layoutReaders),
  blocks: z.array(block),
})
export type Layout = z.infer<typeof layout>
