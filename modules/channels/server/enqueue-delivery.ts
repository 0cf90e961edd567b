import { z } from 'zod'
import type { Tx } from '#platform/server/database'
import { defineJob, enqueue } from '#platform/server/jobs'
import type { Platform } from '#platform/server/platform'
import { traceparent } from '#platform/server/tracing'
import type { OutgoingMessage } from './channel-adapter.ts'
import { insertDelivery } from './deliveries.queries.ts'

export const deliverJob = defineJob('channels.deliver', z.object({ accountId: z.uuid() }))

/** A message as it is queued: files by id, loaded when it goes out. */
export type StoredDraft = Omit<OutgoingMessage, 'id' | 'files'> & {
  readonly fileIds: readonly string[]
  /** Of the work that queued it, when it was traced. */
  readonly traceparent?: string
}

export type NewDelivery = StoredDraft & {
  /** The inbox's message; at most one delivery each. */
  readonly messageId: string
  readonly accountId: string
  /** Deliveries of one lane and account leave one after another: the conversation's id. */
  readonly lane: string
}

/** Sees to it that what is due of an account goes out after the caller's transaction commits. */
export type SendSoon = (tx: Tx, accountId: string) => void

/** Queues a message for sending: it goes out if and only if the caller's transaction commits. */
export const enqueueDelivery =
  ({ now }: Platform, sendSoon: SendSoon) =>
  async (tx: Tx, { messageId, accountId, lane, ...message }: NewDelivery): Promise<void> => {
    const trace = traceparent()
    const stored = trace ? { ...message, traceparent: trace } : message
    await insertDelivery(tx, { id: messageId, accountId, lane, message: stored, at: now() })
    sendSoon(tx, accountId)
  }

/** Leaves a job that wakes the sender of an account, now or at a time, in whatever process works. */
export function askForSending(tx: Tx, accountId: string, at?: Date): void {
  if (at)
    enqueue(tx, deliverJob, { accountId }, { runAt: at, key: `deliver:${accountId}:${at.toISOString().slice(0, 19)}` })
  else enqueue(tx, deliverJob, { accountId }, { key: `deliver:${accountId}` })
}
