import { z } from 'zod'

/** Raised when the archive's shape changes; a restore reads this one only. */
export const FORMAT = 1

const table = z.object({ name: z.string(), columns: z.array(z.string()) })
export type BackedUpTable = z.infer<typeof table>

/** First entry of an archive: what it holds and which version of the schema it was made from. */
export const manifest = z.object({
  format: z.literal(FORMAT),
  createdAt: z.string(),
  migrations: z.array(z.string()),
  tables: z.array(table),
  sequences: z.array(z.object({ name: z.string(), next: z.string() })),
})
export type Manifest = z.infer<typeof manifest>

/** Last entry: how much the others held. An archive without it was cut off. */
export const summary = z.object({ rows: z.record(z.string(), z.number()), files: z.number() })
export type Summary = z.infer<typeof summary>

/**
 * Names of entries, in the order in which they lie. Rows come in parts of a bounded size, because a tar entry says its
 * size first and nobody knows the size of a table before it has been read.
 */
export const ENTRY = {
  manifest: 'manifest.json',
  secretKey: 'secret-key',
  rows: (tableNumber: number, part: number) => `rows/${tableNumber}/${part}.copy`,
  rowsPattern: /^rows\/(\d+)\/\d+\.copy$/,
  file: (name: string) => `files/${name}`,
  filePattern: /^files\/([0-9a-f-]{36}\/[0-9a-f]{2}\/[0-9a-f]{64})$/,
  summary: 'summary.json',
} as const
