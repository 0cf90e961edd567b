import { createHash } from 'node:crypto'
import { isOutage } from '#platform/server/outage'
import type { Platform } from '#platform/server/platform'
import { newId } from '#platform/shared/ids'
import type { AccountRef } from './account-ref.ts'
import type { AskForReading } from './arrival-reader.ts'
import { insertArrivals, type NewArrival } from './arrivals.queries.ts'
import type { RawInput } from './channel-adapter.ts'
import { gather } from './gather.ts'
import { storable } from './storable.ts'

/** Longer waits make bigger batches but slower answers; a commit on a good disk takes about as long. */
const GATHER_MS = 2
const MAX_ROWS = 200
const MAX_BATCH_BYTES = 8 * 1024 * 1024
/** A longer key is replaced by its hash: a B-tree entry has a limit, and nobody reads such a key. */
const MAX_KEY_LENGTH = 500

export type AcceptRaw = (account: AccountRef, raw: RawInput) => Promise<{ isNew: boolean }>

/**
 * Stores raw input durably, once per account and key, and asks for its reading. Resolves after the commit; `isNew` is false when
 * the key was there already. Calls that come together share one transaction.
 */
export function acceptRaw({ transaction }: Platform, askForReading: AskForReading): AcceptRaw {
  const store = gather<NewArrival, { isNew: boolean }>({
    waitMs: GATHER_MS,
    maxItems: MAX_ROWS,
    maxBytes: MAX_BATCH_BYTES,
    sizeOf: ({ body }) => body.byteLength,
    isCommon: isOutage,
    run: (workspaceId, arrivals) =>
      transaction(workspaceId, async (tx) => {
        const inserted = await insertArrivals(tx, arrivals)
        // In one order everywhere: two transactions that add the same job keys would deadlock otherwise.
        const accountIds = [...new Set(inserted.map(({ accountId }) => accountId))].sort()
        for (const accountId of accountIds) askForReading(tx, accountId)
        const ids = new Set(inserted.map(({ id }) => id))
        return arrivals.map(({ id }) => ({ isNew: ids.has(id) }))
      }),
  })
  return ({ workspaceId, accountId }, raw) =>
    store(workspaceId, {
      id: newId(),
      accountId,
      key: keyOf(raw),
      receivedAt: raw.receivedAt,
      headers: storable({ ...raw.headers }),
      body: raw.body,
    })
}

function keyOf(raw: RawInput): string {
  const key = storable(raw.key)
  if (key !== '' && key.length <= MAX_KEY_LENGTH) return key
  return `sha256:${createHash('sha256')
    .update(key === '' ? raw.body : key)
    .digest('hex')}`
}
