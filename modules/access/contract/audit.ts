import { z } from 'zod'
import { pageQuery } from '#platform/shared/page'

/** Who changed what, and when. */
export const auditEntry = z.object({
  id: z.uuid(),
  at: z.date(),
  /** Null when Okno acted by itself. */
  operator: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  /** A verb in the past: `changed`, `archived`. */
  action: z.string(),
  object: z.string(),
  objectId: z.uuid().nullable(),
  details: z.record(z.string(), z.unknown()),
  requestId: z.string().nullable(),
})
export type AuditEntry = z.infer<typeof auditEntry>

export const auditQuery = pageQuery.extend({
  object: z.string().max(50).optional(),
  objectId: z.uuid().optional(),
  operatorId: z.uuid().optional(),
})
