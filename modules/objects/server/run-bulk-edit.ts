import { z } from 'zod'
import type { Tx } from '#platform/server/database'
import { defineJob, enqueue, type JobContext } from '#platform/server/jobs'
import type { Platform } from '#platform/server/platform'
import { type Actor, systemActor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import { bulkEditChanged } from '../contract/index.ts'
import {
  type BulkOutcome,
  findBulkBatch,
  lockBulkEdit,
  lockThings,
  type StoredBulkEdit,
  saveOutcomes,
  setBulkState,
} from './bulk-edits.queries.ts'
import { fieldOf, isSameValue, nextValue } from './bulk-rules.ts'
import type { Questions } from './conditions.ts'
import type { Json } from './value-rules.ts'
import { writeObject } from './write-values.ts'

/** Goes on with a bulk edit, or with taking one back, wherever it stands. */
export const bulkJob = defineJob('objects.bulk_edit', z.object({ editId: z.uuid() }))

/** What this module asks of the one that knows operators. */
export interface Accounts {
  /** @throws Problem for one who left */
  actorOf(tx: Tx, operatorId: string): Promise<Actor>
}

export interface BulkUses extends Pick<Platform, 'transaction' | 'events' | 'now'> {
  readonly accounts: Accounts
  readonly questions: (tx: Tx, actor: Actor) => Promise<Questions>
}

/** One transaction's worth: what it changes is locked no longer than an operator notices. */
const BATCH = 25

/** Works through a bulk edit in batches, each in a transaction of its own: after a crash the next run goes on behind the last one. */
export const runBulkEdit =
  (uses: BulkUses) =>
  async ({ editId }: { editId: string }, { workspaceId, signal }: Pick<JobContext, 'workspaceId' | 'signal'>) => {
    while (await uses.transaction(workspaceId, (tx) => nextBatch(uses, tx, editId))) {
      if (!signal?.aborted) continue
      // This process stops: another one, or the next, goes on.
      await uses.transaction(workspaceId, async (tx) => enqueue(tx, bulkJob, { editId }))
      return
    }
  }

/** True when there is more to do. */
async function nextBatch(uses: BulkUses, tx: Tx, editId: string): Promise<boolean> {
  const edit = await lockBulkEdit(tx, editId)
  if (edit?.state !== 'running' && edit?.state !== 'undoing') return false
  const isUndo = edit.state === 'undoing'
  const actor = await actorOf(uses, tx, (isUndo ? edit.undoneBy : null) ?? edit.operatorId)
  if (!actor) return end(uses, tx, edit, null, 'stopped')
  const rows = await findBulkBatch(tx, editId, isUndo ? 'changed' : 'waiting', BATCH)
  if (rows.length === 0) return end(uses, tx, edit, actor, isUndo ? 'undone' : 'done')
  const ask = await uses.questions(tx, actor)
  // Rights were taken while it ran: what a field above one's role holds can be neither compared nor put back.
  if (!fieldOf(ask, edit)) return end(uses, tx, edit, actor, 'stopped')
  const ids = rows.map(({ id }) => id)
  const { write } = ask.catalogue.source(edit.object)
  // Nobody changes them between what is read here and what is written: "before" is what the change replaced.
  if (write) await lockThings(tx, write.table, ids)
  const held = await heldIn(ask, edit, ids)
  const memories = isUndo ? undefined : await write?.remember?.(tx, ids, edit.field)
  const outcomes: BulkOutcome[] = []
  for (const row of rows) {
    const put = (value: Json, putBack?: { memory: unknown }) => {
      const written = { id: row.id, values: { [edit.field]: value }, ...(putBack ? { putBack } : {}) }
      return tx.attempt(() => writeObject(tx, actor, ask, edit.object, written))
    }
    const one = { id: row.id, held: held.get(row.id), put }
    outcomes.push(
      isUndo ? await taken({ ...one, ...row }) : { ...(await given(edit, one)), memory: memories?.get(row.id) ?? null },
    )
  }
  await saveOutcomes(tx, editId, isUndo ? outcomes : await asReadBack(uses, tx, edit, outcomes))
  await uses.events.publish(tx, actor, bulkEditChanged, { editId, object: edit.object })
  return true
}

/**
 * What was changed with the value that it holds now, so that undo can tell whether somebody changed it since. Read by Okno itself: whoever
 * gave things away does not see them any more.
 */
async function asReadBack(uses: BulkUses, tx: Tx, edit: StoredBulkEdit, outcomes: readonly BulkOutcome[]) {
  const changed = outcomes.filter(({ state }) => state === 'changed').map(({ id }) => id)
  const now = await heldIn(await uses.questions(tx, systemActor(tx.workspaceId)), edit, changed)
  return outcomes.map((outcome) => ({ ...outcome, after: now.get(outcome.id) ?? null }))
}

/** What the objects hold in the field; those that the actor cannot see are not there. */
async function heldIn(ask: Questions, { object, field }: StoredBulkEdit, ids: readonly string[]) {
  const rows = await ask.values(object, ids, [field])
  return new Map(rows.map(({ id, values }): [string, Json] => [id, values[field] ?? null]))
}

interface Row {
  readonly id: string
  /** Undefined for one that is gone, or that the actor does not see. */
  readonly held: Json | undefined
  readonly put: (value: Json, putBack?: { memory: unknown }) => Promise<unknown>
}

const GONE = 'objects.record_not_found'
const CHANGED_SINCE = 'objects.changed_since'

async function given({ op, value }: StoredBulkEdit, { id, held, put }: Row): Promise<BulkOutcome> {
  const base = { id, before: held ?? null, after: null }
  if (held === undefined) return { ...base, state: 'failed', problem: GONE }
  const next = nextValue(op, value, held)
  if (isSameValue(next, held)) return { ...base, state: 'same', problem: null }
  const problem = await refusal(() => put(next))
  return problem ? { ...base, state: 'failed', problem } : { ...base, state: 'changed', problem: null }
}

/** What is put back: the value of before, and what the owning module remembered of it. */
type Taken = Row & { before: Json; after: Json; memory: unknown }

async function taken({ id, held, put, before, after, memory }: Taken): Promise<BulkOutcome> {
  const base = { id, before, after, memory }
  if (held === undefined) return { ...base, state: 'left', problem: GONE }
  if (!isSameValue(held, after)) return { ...base, state: 'left', problem: CHANGED_SINCE }
  const problem = await refusal(() => put(before, { memory }))
  return problem ? { ...base, state: 'left', problem } : { ...base, state: 'undone', problem: null }
}

/** The code of what the owner of the object has against it; null when it was done. */
async function refusal(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await work()
    return null
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    // Of several things that are wrong the first says it best: only one field is given.
    return error.errors?.[0]?.code ?? error.code
  }
}

async function end(
  { events, now }: BulkUses,
  tx: Tx,
  edit: StoredBulkEdit,
  actor: Actor | null,
  state: StoredBulkEdit['state'],
): Promise<false> {
  await setBulkState(tx, edit.id, { state, endedAt: now() })
  await events.publish(tx, actor ?? systemActor(tx.workspaceId), bulkEditChanged, {
    editId: edit.id,
    object: edit.object,
  })
  return false
}

/** Nobody acts for one who left, or who no longer may. */
async function actorOf({ accounts }: BulkUses, tx: Tx, operatorId: string): Promise<Actor | null> {
  try {
    return await accounts.actorOf(tx, operatorId)
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}
