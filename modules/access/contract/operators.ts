import { z } from 'zod'
import { roles } from '#platform/shared/actor'
import { locale } from './locale.ts'
import { workspace } from './workspace.ts'

const name = z.string().trim().min(1).max(200)
const password = z.string().min(8).max(128)
const availability = z.enum(['available', 'away'])
const capacity = z.number().int().min(0).max(1000)

export const operator = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.email(),
  role: z.enum(roles),
  /** Conversations one person can hold at a time. */
  capacity: z.number().int(),
  teamIds: z.array(z.uuid()),
  /** Chosen by the operator. */
  availability,
  /** Available and with an open window within the last minute: new conversations may come. */
  isPresent: z.boolean(),
  /** No longer works here: cannot sign in, stays in the history. */
  isArchived: z.boolean(),
})
export type Operator = z.infer<typeof operator>

export const newOperator = z.strictObject({
  name,
  email: z.email().max(254).toLowerCase(),
  password,
  role: z.enum(roles).default('operator'),
  capacity: capacity.default(8),
  teamIds: z.array(z.uuid()).max(100).default([]),
})
export type NewOperator = z.infer<typeof newOperator>

export const operatorPatch = z
  .strictObject({
    name,
    role: z.enum(roles),
    capacity,
    teamIds: z.array(z.uuid()).max(100),
    isArchived: z.boolean(),
  })
  .partial()
export type OperatorPatch = z.infer<typeof operatorPatch>

/** An administrator sets the password of another; `resetTwoFactor` also helps who lost the second factor. */
export const newPassword = z.strictObject({ password, resetTwoFactor: z.boolean().default(false) })

/** Who I am and what I may do: the browser never decides rights by itself. */
export const me = z.object({
  operator: operator.extend({ locale }),
  workspace,
  permissions: z.array(z.string()),
  twoFactorEnabled: z.boolean(),
})
export type Me = z.infer<typeof me>

export const mePatch = z.strictObject({ name, locale, availability }).partial()
export type MePatch = z.infer<typeof mePatch>
