import type { Platform } from '#platform/server/platform'
import { fine, type HealthPart, notUsed, trouble } from '#platform/shared/health'
import { type AccountUse, countTroubles, findAccountUse } from './health.queries.ts'

const ACCOUNT = 'channels.account'

/** What an administrator should know of channels: the mail server, each account, unreadable arrivals, answers that wait for long. */
export async function channelHealth(
  { database, transaction, config }: Platform,
  mailPort: number | undefined,
  workspaceId: string | null,
): Promise<HealthPart[]> {
  const troubles = await database.system((tx) => countTroubles(tx, workspaceId))
  const accounts = workspaceId ? (await transaction(workspaceId, findAccountUse)).map(accountPart) : []
  return [
    mailServerPart(config.smtp !== undefined, mailPort),
    ...(workspaceId ? accounts : [failingPart(troubles.failing)]),
    arrivalsPart(troubles.unreadable),
    deliveriesPart(troubles.stuck),
  ]
}

/** Another process may run the mail server: only a process that should and does not is told of. */
function mailServerPart(isWanted: boolean, port: number | undefined): HealthPart {
  const part = 'channels.mail_server'
  return isWanted && port !== undefined ? fine(part, { port }) : notUsed(part)
}

function accountPart({ name, kind, health, reason, at, lastArrivalAt, lastSentAt, isEnabled }: AccountUse): HealthPart {
  const params = {
    kind,
    reason: reason ?? '',
    sinceAt: at?.toISOString() ?? null,
    lastArrivalAt: lastArrivalAt?.toISOString() ?? null,
    lastSentAt: lastSentAt?.toISOString() ?? null,
  }
  if (!isEnabled) return { ...notUsed(ACCOUNT), name, params }
  if (health === 'failing') {
    const detail = `The account does not work: ${reason ?? 'no reason was given'}. Open it in settings, channels, and mend or check it.`
    return { ...trouble(ACCOUNT, 'channels.account_failing', detail, { params }), name }
  }
  return { ...fine(ACCOUNT, params, `channels.account_${health}`), name }
}

const failingPart = (count: number): HealthPart =>
  count === 0
    ? fine(ACCOUNT, {}, 'channels.account_connected')
    : trouble(
        ACCOUNT,
        'channels.accounts_failing',
        `${count} failing: see settings, channels, for the reason of each.`,
        {
          params: { count },
        },
      )

const arrivalsPart = (count: number): HealthPart =>
  count === 0
    ? fine('channels.arrivals')
    : trouble(
        'channels.arrivals',
        'channels.arrivals_unreadable',
        `${count} could not be read: see settings, arrivals, for the reason of each; they can be read again.`,
        { params: { count }, state: 'warning' },
      )

const deliveriesPart = (count: number): HealthPart =>
  count === 0
    ? fine('channels.deliveries')
    : trouble(
        'channels.deliveries',
        'channels.deliveries_stuck',
        `${count} wait for more than an hour: the messages say why, and the accounts above which of them fails.`,
        { params: { count } },
      )
