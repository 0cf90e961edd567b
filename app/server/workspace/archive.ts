import { z } from 'zod'

/** Raised when the archive's shape changes; an import reads this one only. */
export const VERSION = 1

const table = z.object({ name: z.string(), columns: z.array(z.string()) })
export type CarriedTable = z.infer<typeof table>

/** First entry of an archive: whose data it is, from which schema, and what is not in it. */
export const manifest = z.object({
  format: z.literal('okno-workspace'),
  version: z.literal(VERSION),
  createdAt: z.string(),
  workspace: z.object({ id: z.uuid(), name: z.string() }),
  migrations: z.array(z.string()),
  /** In an order in which rows can be put in: what is pointed to before what points. */
  tables: z.array(table),
  notCarried: z.record(z.string(), z.string()),
})
export type Manifest = z.infer<typeof manifest>

/** Last entry: rows of each table with the SHA-256 of their lines, and the number of files. An archive without it was cut off. */
export const summary = z.object({
  tables: z.record(z.string(), z.object({ rows: z.number().int(), sha256: z.string() })),
  files: z.number().int(),
})
export type Summary = z.infer<typeof summary>

/** Names of entries, in the order in which they lie. Rows are JSON, one a line, in parts of a bounded size. */
export const ENTRY = {
  manifest: 'manifest.json',
  rows: (table: string, part: number) => `tables/${table}/${part}.jsonl`,
  rowsPattern: /^tables\/([a-z_.]+)\/\d+\.jsonl$/,
  file: (sha256: string) => `files/${sha256}`,
  filePattern: /^files\/([0-9a-f]{64})$/,
  summary: 'summary.json',
} as const

/** Tables that are left out, each with the reason and what must be done anew. */
export const NOT_CARRIED: Readonly<Record<string, string>> = {
  'access.api_keys': 'keys of programs: make new ones',
  'access.attempts': 'guesses at passwords, of nobody',
  'access.sessions': 'everybody signs in anew',
  'access.two_factors': 'sealed by the other installation: second factors are set up anew',
  'access.verifications': 'codes under way',
  'exchange.archives': 'whole exports, such as this one',
  'exchange.exports': 'files that end after a day',
  'platform.custom_references': 'follow from custom values',
  'platform.events': 'for windows that were away: they load afresh',
  'platform.idempotent_answers': 'answers to repeated requests of the last days',
  'platform.migrations': 'of the database, not of a workspace',
}

/** Columns that are left out of carried tables, by table. */
export const LEFT_OUT: Readonly<Record<string, readonly string[]>> = { 'access.users': ['twoFactorEnabled'] }

/** Tables that carry no workspace of their own, and the condition by which their rows belong to one. */
export const BELONGS: Readonly<Record<string, string>> = {
  'platform.workspaces': 'id = $1',
  'access.users': 'id in (select user_id from access.operators where workspace_id = $1)',
  'access.credentials': '"userId" in (select user_id from access.operators where workspace_id = $1)',
}

/** Jobs that wait: a snoozed conversation wakes there too. They lie in the queue's own tables and go in by its door. */
export const JOBS = 'jobs'
