import { audit } from '#platform/server/audit.queries'
import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { newId } from '#platform/shared/ids'
import { Problem } from '#platform/shared/problems'
import { type Webhook, type WebhookDraft, type WebhookPatch, webhookChanged } from '../../contract/index.ts'
import { holdLanes, openPosition } from './collect.queries.ts'
import type { Collector } from './collect-events.ts'
import { releaseAll } from './deliveries.queries.ts'
import { publicEvents } from './event-types.ts'
import { newSecret, sealSecret } from './webhook-secrets.ts'
import {
  countWaiting,
  deleteWebhook,
  findWebhook,
  findWebhooks,
  insertWebhook,
  lockWebhook,
  updateWebhook,
  type WebhookRow,
} from './webhooks.queries.ts'

/** Receivers have so long to learn a new secret. */
const OLD_SECRET_MS = 24 * 60 * 60 * 1000
/** More of them cost every event more work than a receiver that passes events on. */
const MAX_WEBHOOKS = 50

export const webhookNotFound = () => new Problem('integrations.webhook_not_found', 404, 'There is no such webhook.')

/** As the API shows it: without its secrets. */
export const toWebhook = ({ secret: _, oldSecret: __, ...row }: WebhookRow, waiting: number): Webhook => ({
  ...row,
  waiting,
})

/** Making, changing and removing webhooks, and giving them a new secret. */
export function saveWebhook({ transaction, events, secrets, now }: Platform, { ask }: Pick<Collector, 'ask'>) {
  const tell = async (tx: Tx, actor: Actor, webhookId: string) => {
    await events.publish(tx, actor, webhookChanged, { webhookId }, { audience: ['supervisors'] })
    tx.afterCommit(ask)
  }
  const shown = async (tx: Tx, id: string): Promise<Webhook> => {
    const row = await findWebhook(tx, id)
    if (!row) throw webhookNotFound()
    return toWebhook(row, (await countWaiting(tx)).get(id) ?? 0)
  }
  const noted = { object: 'integrations.webhook' }

  return {
    /** The webhook with its secret, which is never told again. @throws Problem `integrations.event_unknown`, `.too_many_webhooks` */
    create: (actor: Actor, draft: WebhookDraft, requestId: string) =>
      transaction(actor.workspaceId, async (tx) => {
        assertKnown(draft.events)
        await openPosition(tx)
        if (!(await hasRoom(tx))) throw new Problem('integrations.too_many_webhooks', 409, 'There are 50 already.')
        const id = newId(now().getTime())
        const secret = newSecret()
        await insertWebhook(tx, { ...draft, id, secret: sealSecret(secrets, id, secret) })
        const { name, url } = draft
        await audit(tx, actor, { ...noted, action: 'integrations.webhook_made', id, details: { name, url }, requestId })
        await tell(tx, actor, id)
        return { ...(await shown(tx, id)), secret }
      }),

    /** What waits is tried at once after a change of address or state. @throws Problem `integrations.webhook_not_found`, `.event_unknown` */
    update: (actor: Actor, id: string, patch: WebhookPatch, requestId: string) =>
      transaction(actor.workspaceId, async (tx) => {
        assertKnown(patch.events ?? [])
        await holdLanes(tx, 'update')
        const before = await lockWebhook(tx, id)
        if (!before) throw webhookNotFound()
        // What happened while it was off is missed: a replay brings it.
        if (before.state === 'off' && patch.state) await openPosition(tx)
        const again = patch.state ? { offBecause: null, failingSince: null } : {}
        await updateWebhook(tx, id, { ...patch, ...again })
        if (patch.state ?? patch.url) await releaseAll(tx, id, now())
        await audit(tx, actor, {
          ...noted,
          action: 'integrations.webhook_changed',
          id,
          details: { ...patch },
          requestId,
        })
        await tell(tx, actor, id)
        return shown(tx, id)
      }),

    /** @throws Problem `integrations.webhook_not_found` */
    remove: (actor: Actor, id: string, requestId: string) =>
      transaction(actor.workspaceId, async (tx) => {
        await holdLanes(tx, 'update')
        if (!(await deleteWebhook(tx, id))) throw webhookNotFound()
        await audit(tx, actor, { ...noted, action: 'integrations.webhook_removed', id, requestId })
        await tell(tx, actor, id)
      }),

    /** A new secret; for a day payloads are signed by both, so that receivers can change over. @throws Problem `integrations.webhook_not_found` */
    renewSecret: (actor: Actor, id: string, requestId: string) =>
      transaction(actor.workspaceId, async (tx) => {
        const before = await lockWebhook(tx, id)
        if (!before) throw webhookNotFound()
        const secret = newSecret()
        await updateWebhook(tx, id, {
          secret: sealSecret(secrets, id, secret),
          oldSecret: before.secret,
          oldSecretUntil: new Date(now().getTime() + OLD_SECRET_MS),
        })
        await audit(tx, actor, { ...noted, action: 'integrations.webhook_secret_renewed', id, requestId })
        await tell(tx, actor, id)
        return { ...(await shown(tx, id)), secret }
      }),
  }
}

async function hasRoom(tx: Tx): Promise<boolean> {
  return (await findWebhooks(tx)).length < MAX_WEBHOOKS
}

function assertKnown(events: readonly string[]) {
  const errors = events.flatMap((name, i) =>
    publicEvents.has(name)
      ? []
      : [{ path: `events.${i}`, code: 'integrations.event_unknown', message: `There is no event ${name}.` }],
  )
  if (errors.length > 0)
    throw new Problem('integrations.event_unknown', 422, 'GET /webhook-events lists the events there are.', { errors })
}
