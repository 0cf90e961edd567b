import type { Platform } from '#platform/server/platform'
import { fine, type HealthPart, notUsed, trouble } from '#platform/shared/health'
import { countFailing } from './health.queries.ts'
import { findWebhooks, type WebhookRow } from './webhooks.queries.ts'

const PART = 'integrations.webhook'

/** What an administrator should know of webhooks: each of the workspace, or numbers of the installation. */
export async function webhookHealth(
  { database, transaction }: Pick<Platform, 'database' | 'transaction'>,
  workspaceId: string | null,
): Promise<HealthPart[]> {
  if (workspaceId) return (await transaction(workspaceId, (tx) => findWebhooks(tx))).map(partOf)
  const { all, failing, off } = await database.system(countFailing)
  if (all === 0) return [notUsed(PART)]
  if (failing + off === 0) return [fine(PART)]
  return [
    trouble(
      PART,
      'integrations.webhooks_failing',
      `${failing} failing, ${off} switched off: see settings, webhooks, for the reason of each.`,
      { params: { failing, off }, state: 'warning' },
    ),
  ]
}

function partOf(webhook: WebhookRow): HealthPart {
  const { name, state, failingSince, lastTakenAt, lastReason, offBecause } = webhook
  const params = {
    reason: lastReason ?? '',
    sinceAt: failingSince?.toISOString() ?? null,
    lastTakenAt: lastTakenAt?.toISOString() ?? null,
  }
  const says = (code: string, detail: string, as: 'warning' | 'failing') => ({
    ...trouble(PART, `integrations.webhook_${code}`, detail, { params, state: as }),
    name,
  })
  if (state === 'paused') return { ...notUsed(PART), name, params, code: 'integrations.webhook_paused' }
  if (state === 'off') {
    const why = offBecause === 'gone' ? 'The address says that it is gone (410)' : 'Nothing got through for three days'
    return says(
      offBecause === 'gone' ? 'gone' : 'off',
      `${why}, so Okno stopped. Mend the receiver, switch the webhook on in settings, webhooks, and replay what was missed.`,
      'failing',
    )
  }
  if (failingSince) {
    const detail = `Not taken: ${lastReason ?? 'no answer'}. Okno tries again for three days; the log in settings, webhooks, has the answers.`
    return says('failing', detail, 'warning')
  }
  return { ...fine(PART, params), name }
}
