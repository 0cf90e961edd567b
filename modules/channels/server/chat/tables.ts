import type { Generated } from 'kysely'
import type { Json } from '#platform/server/tables'

export interface StoredChatFile {
  id: string
  name: string
  mime: string
  sizeBytes: number
}

export interface ChatPage {
  url?: string | undefined
  title?: string | undefined
  referrer?: string | undefined
}

declare module '#platform/server/database' {
  interface Tables {
    'channels.chat_threads': {
      workspace_id: string
      id: string
      account_id: string
      last_seq: Generated<number>
      delivered_seq: Generated<number>
      read_seq: Generated<number>
      email: string | null
      page: Json<ChatPage | null>
      online_until: Generated<Date>
      last_entry_at: Generated<Date>
      created_at: Generated<Date>
    }
    'channels.chat_entries': {
      workspace_id: string
      thread_id: string
      seq: number
      direction: 'in' | 'out'
      entry_key: string
      author_name: string | null
      text: string
      files: Json<StoredChatFile[]>
      at: Generated<Date>
    }
  }
}
