import type { Generated } from 'kysely'
import type { Json } from '#platform/server/tables'
import type { DeliveryState } from '../contract/delivery.ts'
import type { StoredDraft } from './enqueue-delivery.ts'

declare module '#platform/server/database' {
  interface Tables {
    'channels.accounts': {
      workspace_id: string
      id: string
      kind: string
      name: string
      key: string
      config: Json<Record<string, unknown>>
      address: string | null
      team_id: string | null
      is_enabled: Generated<boolean>
      health: Generated<'new' | 'connecting' | 'connected' | 'failing'>
      health_reason: string | null
      health_at: Date | null
      archived_at: Date | null
      created_at: Generated<Date>
      updated_at: Generated<Date>
    }
    'channels.account_state': { workspace_id: string; account_id: string; key: string; value: Json }
    'channels.arrivals': {
      workspace_id: string
      id: string
      account_id: string
      key: string
      received_at: Date
      headers: Json<Record<string, string>>
      body: Buffer
      state: Generated<'new' | 'read' | 'unreadable'>
      reason: string | null
      attempts: Generated<number>
      next_try_at: Date | null
      read_at: Date | null
    }
    'channels.deliveries': {
      workspace_id: string
      id: string
      account_id: string
      lane: string
      message: Json<StoredDraft>
      state: Generated<DeliveryState>
      attempts: Generated<number>
      queued_at: Date
      next_try_at: Date
      lease_until: Date | null
      provider_id: string | null
      reason: string | null
      reason_code: string | null
      created_at: Generated<Date>
      updated_at: Generated<Date>
    }
  }
}
