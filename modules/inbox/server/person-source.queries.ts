import { sql } from 'kysely'
import type { Matter, PersonFile } from '#modules/customers/contract'
import type { Tx } from '#platform/server/database'
import type { Actor } from '#platform/shared/actor'
import type { Status } from '../contract/index.ts'
import { visibleTo } from './visible.queries.ts'

const MAX_MATTERS = 20
const MAX_FILES = 50
/** Files are looked for in so many of the last messages: a talk of many years is not read through for them. */
const RECENT_CONVERSATIONS = 30
const RECENT_MESSAGES = 300

type MatterRow = Omit<Matter, 'object' | 'state'> & { status: Status }

/** Conversations of these people that the actor may see: those still open first, the latest first. */
export async function findMatters(tx: Tx, actor: Actor, people: readonly string[]): Promise<Matter[]> {
  const { rows } = await sql<MatterRow>`
    select id, number, subject as title, status, last_text as "lastText", case when last_direction = 'in' then 'customer' else 'us' end as "lastFrom",
      last_message_at as "lastAt", waiting_since as "waitingSince", due_at as "dueAt", snoozed_until as "until"
    from (
      (select * from inbox.conversations c where c.workspace_id = ${tx.workspaceId} and c.person_id = any(${people}::uuid[])
        and c.status <> 'closed' and ${visibleTo(actor)} order by c.last_message_at desc, c.id desc limit ${MAX_MATTERS})
      union all
      (select * from inbox.conversations c where c.workspace_id = ${tx.workspaceId} and c.person_id = any(${people}::uuid[])
        and c.status = 'closed' and ${visibleTo(actor)} order by c.last_message_at desc, c.id desc limit 1)
    ) c`.execute(tx.db)
  return rows.map(({ status, ...row }) => ({ ...row, object: 'conversation', state: stateOf(status, row) }))
}

function stateOf(status: Status, { waitingSince }: Pick<MatterRow, 'waitingSince'>): Matter['state'] {
  if (status === 'closed') return 'closed'
  if (status === 'snoozed') return 'snoozed'
  return waitingSince ? 'waiting' : 'answered'
}

/** Files of the last messages with these people, in conversations that the actor may see; pictures inside of mails are left out. */
export async function findTalkFiles(tx: Tx, actor: Actor, people: readonly string[]): Promise<PersonFile[]> {
  const { rows } = await sql<Omit<PersonFile, 'sizeBytes'> & { sizeBytes: string }>`
    select file.id, file.name, file.mime, file.size_bytes as "sizeBytes", m.sent_at as at, m.from_name as by, m.conversation_id as "conversationId"
    from (select c.id from inbox.conversations c where c.workspace_id = ${tx.workspaceId} and c.person_id = any(${people}::uuid[])
        and ${visibleTo(actor)} order by c.last_message_at desc, c.id desc limit ${RECENT_CONVERSATIONS}) c
    cross join lateral (select m.id, m.conversation_id, m.sent_at, m.from_name from inbox.messages m
      where m.workspace_id = ${tx.workspaceId} and m.conversation_id = c.id order by m.seq desc limit ${RECENT_MESSAGES}) m
    join inbox.attachments a on a.workspace_id = ${tx.workspaceId} and a.message_id = m.id and not a.is_inline
    join platform.files file on file.workspace_id = a.workspace_id and file.id = a.file_id
    order by m.sent_at desc, file.id limit ${MAX_FILES}`.execute(tx.db)
  return rows.map((row) => ({ ...row, sizeBytes: Number(row.sizeBytes) }))
}
