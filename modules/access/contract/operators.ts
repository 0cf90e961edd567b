import { z } from 'zod'
import { roles } from '#platform/shared/actor'

const locale = z.enum(['ru', 'en'])

export const team = z.object({
  id: z.uuid(),
  name: z.string(),
  operatorIds: z.array(z.uuid()),
})
export type Team = z.infer<typeof team>

export const teamDraft = z.strictObject({
  name: z.string().trim().min(1).max(100),
  operatorIds: z.array(z.uuid()).max(1000).default([]),
})

export const operator = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.email(),
  role: z.enum(roles),
  /** Conversations one person can hold at a time. */
  capacity: z.number().int(),
  teamIds: z.array(z.uuid()),
  /** Chosen by the operator. */
  availability: z.enum(['available', 'away']),
  /** Available and with an open window within the last minute: new conversations may come. */
  isPresent: z.boolean(),
})
export type Operator = z.infer<typeof operator>

export const newOperator = z.strictObject({
  name: z.string().trim().min(1).max(200),
  email: z.email().max(254),
  password: z.string().min(8).max(128),
  role: z.enum(roles).default('operator'),
  capacity: z.number().int().min(0).max(1000).default(8),
  teamIds: z.array(z.uuid()).max(100).default([]),
})
export type NewOperator = z.infer<typeof newOperator>

export const operatorPatch = z
  .strictObject({
    name: z.string().trim().min(1).max(200),
    role: z.enum(roles),
    capacity: z.number().int().min(0).max(1000),
    teamIds: z.array(z.uuid()).max(100),
    isArchived: z.boolean(),
  })
  .partial()
export type OperatorPatch = z.infer<typeof operatorPatch>

export const workspace = z.object({ id: z.uuid(), name: z.string(), locale, timeZone: z.string() })
export type Workspace = z.infer<typeof workspace>

export const workspacePatch = z
  .strictObject({ name: z.string().trim().min(1).max(200), locale, timeZone: z.string().max(60) })
  .partial()

/** Who I am and what I may do: the browser never decides rights by itself. */
export const me = z.object({
  operator: operator.extend({ locale }),
  workspace,
  permissions: z.array(z.string()),
  twoFactorEnabled: z.boolean(),
})
export type Me = z.infer<typeof me>
