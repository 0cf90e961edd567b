import type { Generated } from 'kysely'
import type { Json } from '#platform/server/tables'
import type { Condition } from '#platform/shared/objects/condition'
import type { FieldType } from '#platform/shared/objects/field-types'
import type { Label } from '#platform/shared/objects/object'
import type { BulkEdit, BulkRow, CustomValues, FieldIndex, ViewColumn } from '../contract/index.ts'
import type { FieldDescription } from './custom-objects.queries.ts'

declare module '#platform/server/database' {
  interface Tables {
    'objects.versions': { workspace_id: string; version: number }
    'objects.objects': {
      workspace_id: string
      id: string
      key: string
      label: Json<{ one: Label; many: Label }>
      archived_at: Date | null
      created_at: Generated<Date>
    }
    'objects.fields': {
      workspace_id: string
      id: string
      object: string
      key: string
      type: FieldType
      description: Json<FieldDescription>
      position: number
      archived_at: Date | null
      created_at: Generated<Date>
    }
    'objects.records': {
      workspace_id: string
      id: string
      object_id: string
      name: string
      custom: Json<CustomValues>
      archived_at: Date | null
      created_at: Date
      updated_at: Date
    }
    'objects.views': {
      workspace_id: string
      id: string
      object: string
      owner_id: string
      name: string
      is_shared: boolean
      columns: Json<ViewColumn[]>
      condition: Json<Condition> | null
      sort: string
      group_by: string | null
      created_at: Date
      updated_at: Date
    }
    'objects.bulk_edits': {
      workspace_id: string
      id: string
      object: string
      field: string
      op: BulkEdit['op']
      value: Json<CustomValues[string]>
      state: BulkEdit['state']
      operator_id: string
      operator_name: string
      undone_by: string | null
      total: number
      changed: Generated<number>
      same: Generated<number>
      failed: Generated<number>
      undone: Generated<number>
      left_alone: Generated<number>
      created_at: Date
      ended_at: Date | null
    }
    'objects.bulk_edit_rows': {
      workspace_id: string
      edit_id: string
      thing_id: string
      state: BulkRow['state']
      before: Json<CustomValues[string]>
      after: Json<CustomValues[string]>
      problem: string | null
      memory: Json | null
    }
    'objects.field_indexes': {
      workspace_id: string
      field_id: string
      state: FieldIndex['state']
      problem: string | null
      asked_at: Date
      ended_at: Date | null
    }
    'objects.unique_values': { workspace_id: string; field_id: string; value: string; holder_id: string }
  }
}
