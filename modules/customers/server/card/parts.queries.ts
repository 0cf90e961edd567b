import { type RawBuilder, sql } from 'kysely'
import type { Consent, Note, Preference, Relation, StageStep, Task } from '../../contract/around.ts'

/** Open tasks are never so many; of those done only the last ones are shown. */
const MAX_OPEN_TASKS = 100
const MAX_DONE_TASKS = 20
const MAX_NOTES = 200
const MAX_STAGE_CHANGES = 50

/** JSON knows no dates: instants inside `json_agg` come as texts. */
export type Told<Row> = {
  [Key in keyof Row]: Row[Key] extends Date ? string : Row[Key] extends Date | null ? string | null : Row[Key]
}

interface StageChange {
  from: string
  to: string
  at: string
  by: string | null
  reason: string | null
}

/** What stands around a card, as one statement tells it. */
export interface ToldParts {
  consents: Told<Consent>[]
  preferences: Told<Preference>[]
  openTasks: Told<Task>[]
  doneTasks: Told<Task>[]
  notes: Told<Note>[]
  relations: (Told<Relation> & { isInverted: boolean })[]
  stageChanges: StageChange[]
  photoId: string | null
}

const taskJson = sql`json_build_object('id', k.id, 'personId', k.person_id, 'title', k.title, 'dueAt', k.due_at, 'assigneeId', k.assignee_id,
  'doneAt', k.done_at, 'doneBy', k.done_by, 'operatorName', k.operator_name, 'createdAt', k.created_at)`

/** Columns of a card that come from other tables. `p` = the person's row, `members` = ids of all cards that are shown as it. */
export function partColumns(p: RawBuilder<unknown>, members: RawBuilder<unknown>) {
  const of = (table: string, it: string) => sql`${sql.table(`customers.${table}`)} ${sql.ref(it)}
    where ${sql.ref(it)}.workspace_id = ${p}.workspace_id and ${sql.ref(it)}.person_id = any(${members})`
  return sql`
    (select coalesce(json_agg(json_build_object('id', k.id, 'purpose', k.purpose, 'channel', k.channel, 'textVersion', k.text_version, 'text', k.text,
        'source', k.source, 'ground', k.ground, 'operatorName', k.operator_name, 'givenAt', k.given_at, 'withdrawnAt', k.withdrawn_at,
        'withdrawnSource', k.withdrawn_source, 'withdrawnReason', k.withdrawn_reason, 'withdrawnBy', k.withdrawn_by)
        order by k.given_at desc, k.id desc), '[]') from ${of('consents', 'k')}) as consents,
    (select coalesce(json_agg(json_build_object('channel', w.channel, 'purpose', w.purpose, 'isWelcome', w.is_welcome, 'perMonth', w.per_month,
        'changedAt', w.changed_at, 'changedBy', w.changed_by) order by w.purpose, w.channel), '[]')
      from (select distinct on (w.purpose, w.channel) w.* from ${of('preferences', 'w')}
        order by w.purpose, w.channel, w.person_id = ${p}.id desc, w.changed_at desc) w) as preferences,
    (select coalesce(json_agg(${taskJson} order by k.due_at nulls last, k.id), '[]')
      from (select k.* from ${of('tasks', 'k')} and k.done_at is null order by k.due_at nulls last, k.id limit ${MAX_OPEN_TASKS}) k) as "openTasks",
    (select coalesce(json_agg(${taskJson} order by k.done_at desc, k.id), '[]')
      from (select k.* from ${of('tasks', 'k')} and k.done_at is not null order by k.done_at desc, k.id limit ${MAX_DONE_TASKS}) k) as "doneTasks",
    (select coalesce(json_agg(json_build_object('id', n.id, 'text', n.text, 'isPinned', n.is_pinned, 'operatorId', n.operator_id,
        'operatorName', n.operator_name, 'createdAt', n.created_at, 'editedAt', n.edited_at, 'versions', n.versions)
        order by n.is_pinned desc, n.created_at desc, n.id desc), '[]')
      from (select n.* from ${of('notes', 'n')} order by n.is_pinned desc, n.created_at desc, n.id desc limit ${MAX_NOTES}) n) as notes,
    ${relations(p, members)} as relations,
    (select coalesce(json_agg(json_build_object('from', e.data ->> 'from', 'to', e.data ->> 'to', 'at', e.at, 'by', e.data ->> 'operatorName',
        'reason', e.data ->> 'reason') order by e.at, e.id), '[]')
      from (select e.* from ${of('timeline', 'e')} and e.kind = 'customers.stage_changed'
        order by e.at desc, e.id desc limit ${MAX_STAGE_CHANGES}) e) as "stageChanges",
    coalesce(${p}.photo_id, (select hidden.photo_id from customers.people hidden where hidden.workspace_id = ${p}.workspace_id
      and hidden.shown_as = ${p}.id and hidden.photo_id is not null order by hidden.id limit 1)) as "photoId"`
}

/** Told from this person's side; from the other's, `inverted` says that the kind is to be turned round. */
const relations = (p: RawBuilder<unknown>, members: RawBuilder<unknown>) => sql`(
    select coalesce(json_agg(json_build_object('id', r.id, 'personId', other.id, 'name', other.name, 'kind', r.kind, 'isInverted', r.inverted,
      'note', r.note, 'operatorName', r.operator_name, 'createdAt', r.created_at) order by lower(other.name), r.id), '[]')
    from (
      select id, other_id as met, kind, note, operator_name, created_at, false as inverted from customers.relations
        where workspace_id = ${p}.workspace_id and person_id = any(${members})
      union all
      select id, person_id, kind, note, operator_name, created_at, true from customers.relations
        where workspace_id = ${p}.workspace_id and other_id = any(${members})
    ) r join customers.people met on met.workspace_id = ${p}.workspace_id and met.id = r.met
    join customers.people other on other.workspace_id = met.workspace_id and other.id = coalesce(met.shown_as, met.id)
    where other.id <> ${p}.id)`

/** The way through the stages: what the first change came from stood there from the beginning. */
export function stagesOf(stage: string, createdAt: Date, changes: readonly StageChange[]): StageStep[] {
  const first = { stage: changes[0]?.from ?? stage, since: createdAt, by: null, reason: null }
  return [first, ...changes.map(({ to, at, by, reason }) => ({ stage: to, since: new Date(at), by, reason }))]
}
