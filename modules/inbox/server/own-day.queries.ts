import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import { keepPlan } from '#platform/server/kept-plans'
import type { OwnDay } from '../contract/index.ts'

const HOUR_SECONDS = 3600

/** What an operator did since `dayStart`, and how many wait for them now. */
export async function findOwnDay(tx: Tx, operatorId: string, dayStart: Date): Promise<OwnDay> {
  const { rows } = await keepPlan(sql<OwnDay>`
    select
      (select count(*)::int from inbox.conversations
        where workspace_id = ${tx.workspaceId} and owner_id = ${operatorId} and status in ('new', 'open')
          and waiting_since is not null) as waiting,
      answered.*,
      (select count(*)::int from inbox.conversations
        where workspace_id = ${tx.workspaceId} and closed_by = ${operatorId} and closed_at >= ${dayStart}) as closed
    from (
      select count(*) filter (where wait_seconds is not null)::int as answered,
        percentile_cont(0.5) within group (order by wait_seconds) filter (where is_first_answer) as "firstAnswerMedianSeconds",
        count(*) filter (where is_first_answer)::int as "firstAnswers",
        count(*) filter (where is_first_answer and wait_seconds <= ${HOUR_SECONDS})::int as "firstAnswersWithinHour"
      from inbox.messages
      where workspace_id = ${tx.workspaceId} and operator_id = ${operatorId} and direction = 'out' and sent_at >= ${dayStart}
    ) as answered`).execute(tx.db)
  const [row] = rows
  if (!row) throw new Error('A count without a row.')
  return row
}
