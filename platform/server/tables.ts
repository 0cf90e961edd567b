import type { ColumnType, Generated } from 'kysely'

/** A `jsonb` column: read as a value, written as JSON text. */
export type Json<Value = unknown> = ColumnType<Value, string, string>

declare module './database.ts' {
  interface Tables {
    'platform.workspaces': {
      id: string
      name: string
      locale: Generated<'ru' | 'en'>
      time_zone: Generated<string>
      created_at: Generated<Date>
    }
    'platform.events': {
      workspace_id: string
      xid: Generated<string>
      seq: Generated<number>
      name: string
      data: Json
      actor: Json<{ operatorId: string | null; name: string }>
      audience: string[]
      changes: Json | null
      at: Generated<Date>
    }
    'platform.search_documents': {
      workspace_id: string
      object: string
      id: string
      title: string
      body: Generated<string>
      facts: Json<Record<string, unknown>>
      at: Generated<Date>
      words: Generated<string>
    }
    'platform.audit_log': {
      workspace_id: string
      id: Generated<string>
      at: Generated<Date>
      operator_id: string | null
      action: string
      object: string
      object_id: string | null
      details: Json<Record<string, unknown>>
      request_id: string | null
    }
    'platform.files': {
      workspace_id: string
      id: Generated<string>
      sha256: Buffer
      name: string
      mime: string
      size_bytes: number
      created_at: Generated<Date>
    }
    'platform.idempotent_answers': {
      workspace_id: string
      key: string
      operator_id: string
      request_hash: Buffer
      status: number
      body: Json
      created_at: Generated<Date>
    }
  }
}
