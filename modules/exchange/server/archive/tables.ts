import type { Generated } from 'kysely'
import type { Archive } from '../../contract/archives.ts'

declare module '#platform/server/database' {
  interface Tables {
    'exchange.archives': {
      workspace_id: string
      id: string
      name: string
      state: Generated<Archive['state']>
      done: Generated<number>
      total: number | null
      size_bytes: number | null
      problem: string | null
      operator_id: string
      created_at: Date
      started_at: Date | null
      heard_at: Date
      finished_at: Date | null
      ends_at: Date
      taken_at: Date | null
    }
  }
}
