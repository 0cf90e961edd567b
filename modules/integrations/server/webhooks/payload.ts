import type { AskInside } from '#platform/server/ask-inside'
import { systemActor } from '#platform/shared/actor'
import { changedOnly } from '#platform/shared/changes'
import type { Claimed } from './deliveries.queries.ts'
import { publicEvents, TEST_TYPE } from './event-types.ts'

/** A larger object is left out: its receiver asks the API for it. */
const MAX_OBJECT_BYTES = 256 * 1024

/** The body of a delivery. The object in it is as it is now: read when the payload is first sent, so it may be newer than the event. */
export async function payload(
  ask: AskInside,
  { workspaceId, withObject, delivery }: { workspaceId: string; withObject: boolean; delivery: Claimed },
): Promise<string> {
  const { eventId, type, occurredAt, actor, data, changes } = delivery
  const event = publicEvents.get(type)
  const path = withObject ? event?.pathOf(data) : undefined
  return JSON.stringify({
    id: eventId,
    type,
    version: event?.version ?? 1,
    timestamp: occurredAt.toISOString(),
    workspaceId,
    actor,
    data: type === TEST_TYPE ? { text: 'This is a test of the way from Okno to you.' } : data,
    // A webhook without objects hears which fields changed, not what stands in them.
    changes: changes && !withObject ? changedOnly(...Object.keys(changes)) : changes,
    object: path ? await objectAt(ask, workspaceId, path) : null,
  })
}

/** As an administrator sees it, without what an administrator may do with it. */
async function objectAt(ask: AskInside, workspaceId: string, path: string): Promise<unknown> {
  const { status, body } = await ask(systemActor(workspaceId), { method: 'GET', path })
  if (status === 404) return null
  if (status !== 200 || typeof body !== 'object' || body === null)
    throw new Error(`The API answered ${status} to ${path}.`)
  const object = Object.fromEntries(Object.entries(body).filter(([key]) => key !== 'can'))
  return Buffer.byteLength(JSON.stringify(object)) > MAX_OBJECT_BYTES ? null : object
}
