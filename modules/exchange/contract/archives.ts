import { z } from 'zod'

/** The file of a whole workspace can be taken for so long. */
export const ARCHIVE_KEPT_DAYS = 3

/** A whole workspace as one file, and afterwards the memory of who made it. Its maker alone takes it. */
export const archive = z.object({
  id: z.uuid(),
  name: z.string(),
  /** `ended`: the file is gone, by time or because somebody removed it. */
  state: z.enum(['waiting', 'running', 'done', 'failed', 'ended']),
  /** Rows and files written so far, and in all. */
  done: z.number().int(),
  total: z.number().int().nullable(),
  /** By the pace so far; null before there is one. */
  secondsLeft: z.number().int().nullable(),
  sizeBytes: z.number().int().nullable(),
  /** Code of what went wrong. */
  problem: z.string().nullable(),
  operator: z.object({ id: z.uuid(), name: z.string() }),
  createdAt: z.date(),
  finishedAt: z.date().nullable(),
  /** Until when the file can be taken. */
  endsAt: z.date(),
  /** When it was taken last. */
  takenAt: z.date().nullable(),
  can: z.object({ take: z.boolean(), remove: z.boolean() }),
})
export type Archive = z.infer<typeof archive>

/** One's own password: a window left open gives nothing away. */
export const archiveOrder = z.strictObject({ password: z.string().min(1).max(128) })
export type ArchiveOrder = z.infer<typeof archiveOrder>
