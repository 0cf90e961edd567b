import type { Generated } from 'kysely'
import type { Json } from '#platform/server/tables'
import type { MadeExport } from '../../contract/exports.ts'

declare module '#platform/server/database' {
  interface Tables {
    'exchange.exports': {
      workspace_id: string
      id: string
      kind: MadeExport['kind']
      order_of: Json
      name: string
      state: Generated<MadeExport['state']>
      done: Generated<number>
      total: number | null
      size_bytes: number | null
      problem: string | null
      operator_id: string
      created_at: Date
      finished_at: Date | null
      ends_at: Date
    }
  }
}
