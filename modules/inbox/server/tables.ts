import type { ColumnType, Generated } from 'kysely'
import type { CustomValues } from '#modules/objects/contract'
import type { Json } from '#platform/server/tables'
import type { InboxSettings, Line, Priority, Status } from '../contract/index.ts'

export type Direction = 'in' | 'out' | 'note' | 'event'
export type Delivery = 'queued' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed' | 'unknown'
export type Automatic = 'auto_reply' | 'bounce' | 'mailing_list' | 'notification'

interface ConversationRow {
  workspace_id: string
  id: string
  number: number
  person_id: string
  account_id: string | null
  subject: string
  status: Status
  priority: Priority
  owner_id: string | null
  team_id: string | null
  tags: string[]
  last_seq: number
  last_message_at: Date
  last_text: string
  last_direction: Direction
  last_incoming_at: Date | null
  waiting_since: Date | null
  due_at: Date | null
  limit_at: Date | null
  first_incoming_at: Date | null
  first_answered_at: Date | null
  first_answer_seconds: number | null
  first_answer_in_time: boolean | null
  assigned_at: Date | null
  preferred_owner_id: string | null
  snoozed_until: Date | null
  closed_at: Date | null
  closed_by: string | null
  reopened_count: number
  routing: Json<Line> | null
  custom: Json<CustomValues> | null
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

declare module '#platform/server/database' {
  interface Tables {
    'inbox.settings': {
      workspace_id: string
      first_answer_minutes: number
      next_answer_minutes: number
      limit_minutes: number
      reopen_days: number
      business_hours: ColumnType<InboxSettings['businessHours'], string, string>
    }
    'inbox.numbers': { workspace_id: string; last_number: number }
    'inbox.conversations': ConversationRow
    /** Only for reading: a view, so that every condition finds its index. */
    'inbox.own_conversations': ConversationRow
    'inbox.tags': { workspace_id: string; name: string }
    'inbox.threads': {
      workspace_id: string
      account_id: string
      thread: string
      participant: string
      conversation_id: string
      created_at: Generated<Date>
    }
    'inbox.messages': {
      workspace_id: string
      id: string
      conversation_id: string
      seq: number
      direction: Direction
      account_id: string | null
      operator_id: string | null
      person_id: string | null
      from_name: string | null
      from_address: string | null
      thread: string | null
      address: string | null
      subject: string | null
      text: string
      quoted: string | null
      html: string | null
      provider_id: string | null
      in_reply_to: string | null
      automatic: Automatic | null
      context: Json<Record<string, string>>
      event: Json<Line> | null
      delivery: Delivery | null
      delivery_reason: string | null
      delivery_reason_code: string | null
      arrival_id: string | null
      email: string | null
      wait_seconds: number | null
      is_first_answer: Generated<boolean>
      sent_at: Date
      created_at: Generated<Date>
      edited_at: Date | null
      deleted_at: Date | null
    }
    'inbox.attachments': {
      workspace_id: string
      message_id: string
      position: number
      file_id: string
      is_inline: boolean
      content_id: string | null
    }
    'inbox.drafts': {
      workspace_id: string
      operator_id: string
      conversation_id: string
      mode: 'reply' | 'note'
      text: string
      file_ids: string[]
      updated_at: Generated<Date>
    }
    'inbox.reads': { workspace_id: string; operator_id: string; conversation_id: string; seq: number }
    'inbox.snippets': {
      workspace_id: string
      id: Generated<string>
      shortcut: string
      title: string
      text: string
      created_at: Generated<Date>
    }
  }
}
