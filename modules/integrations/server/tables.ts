import type { Generated } from 'kysely'
import type { Json } from '#platform/server/tables'
import type { Changes } from '#platform/shared/changes'
import type { DeliveryState, ReasonCode, WebhookState } from '../contract/index.ts'

declare module '#platform/server/database' {
  interface Tables {
    'integrations.webhooks': {
      workspace_id: string
      id: Generated<string>
      name: string
      url: string
      events: string[]
      with_object: boolean
      allow_private: boolean
      state: Generated<WebhookState>
      off_because: 'gone' | 'failing' | null
      secret: string
      old_secret: string | null
      old_secret_until: Date | null
      since_xid: Generated<string>
      failing_since: Date | null
      last_reason: string | null
      last_reason_code: ReasonCode | null
      last_taken_at: Date | null
      created_at: Generated<Date>
    }
    'integrations.positions': { workspace_id: string; xid: Generated<string>; seq: number }
    'integrations.deliveries': {
      workspace_id: string
      id: Generated<string>
      webhook_id: string
      event_id: string
      event_seq: number
      type: string
      lane: string
      occurred_at: Date
      actor: Json<{ operatorId: string | null; name: string }>
      data: Json<Record<string, unknown>>
      changes: Json<Changes> | null
      body: string | null
      state: Generated<DeliveryState>
      attempts: Generated<number>
      first_try_at: Date | null
      next_try_at: Date | null
      lease_until: Date | null
      status: number | null
      reason: string | null
      reason_code: ReasonCode | null
      settled_at: Date | null
    }
    'integrations.attempts': {
      workspace_id: string
      id: Generated<string>
      delivery_id: string
      at: Date
      took_ms: number
      status: number | null
      reason: string | null
      reason_code: ReasonCode | null
      answer: string
    }
  }
}
