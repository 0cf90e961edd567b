import type { Generated } from 'kysely'
import type { Json } from '#platform/server/tables'
import type {
  DateOrder,
  ImportCounts,
  ImportReading,
  ImportState,
  RowResult,
  UndoCounts,
} from '../../contract/index.ts'
import type { StoredColumn } from './imports.queries.ts'
import type { RowDetail, UndoneRow } from './row-detail.ts'

declare module '#platform/server/database' {
  interface Tables {
    'exchange.imports': {
      workspace_id: string
      id: Generated<string>
      object: string
      file_id: string | null
      file_name: string
      size_bytes: number
      state: Generated<ImportState>
      reading: Json<ImportReading>
      preset: string | null
      columns: Json<StoredColumn[]>
      key: string | null
      on_match: Generated<'update' | 'fill' | 'skip'>
      is_proven: Generated<boolean>
      others_operator_id: Generated<string | null>
      expected: Json<ImportCounts> | null
      result: Json<ImportCounts> | null
      undo: Json<UndoCounts> | null
      done: Generated<number>
      searched: number | null
      total: number | null
      problem: Json<{ code: string; params: Record<string, unknown> }> | null
      operator_id: string | null
      operator_name: string
      created_at: Generated<Date>
      started_at: Date | null
      finished_at: Date | null
      erasures: Generated<number>
    }
    'exchange.rows': {
      workspace_id: string
      import_id: string
      number: number
      cells: string[]
      key: string | null
      outcome: RowResult
      detail: Json<RowDetail>
    }
    'exchange.results': {
      workspace_id: string
      import_id: string
      number: number
      outcome: RowResult
      card_id: string | null
      detail: Json<RowDetail>
      undone: Json<UndoneRow> | null
    }
    'exchange.known_operators': {
      workspace_id: string
      name: string
      operator_id: string
    }
    'exchange.known_headings': {
      workspace_id: string
      object: string
      heading: string
      target: string | null
      dates: DateOrder | null
    }
  }
}
