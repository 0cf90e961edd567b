import { compareAnswers, type Received } from './support/answers.ts'
import { bareMail, bareWebhook } from './support/bare-senders.ts'
import { report, round, summarise } from './support/figures.ts'
import { startOkno } from './support/okno.ts'
import { openConversations, queueAnswers } from './support/queued-answers.ts'
import { startReceiver } from './support/receiver.ts'

/**
 * P7: queued replies handed to a provider over many accounts, by mail (SMTP) and by the API channel (webhook): from the commit that queues
 * them until the other side, a process of its own, has the last one and Okno has written that down. Each must come exactly once and in
 * order within its conversation. The floor is the same client library sending bare, with one durable update for each message.
 */
const ACCOUNTS = 20
const CONVERSATIONS = 500
const ANSWERS = Number(process.env.ANSWERS ?? 10_000)
const WARM_UP = 2_000
const KINDS = (process.env.KINDS ?? 'api,email').split(',') as ('api' | 'email')[]

const figures: Record<string, unknown> = { accounts: ACCOUNTS, conversations: CONVERSATIONS, answers: ANSWERS }
for (const kind of KINDS) Object.assign(figures, await measure(kind))
await report('outgoing', figures)

async function measure(kind: 'api' | 'email') {
  const okno = await startOkno()
  const receiver = await startReceiver(kind)
  try {
    await openConversations(okno, { kind, port: receiver.port, accounts: ACCOUNTS, conversations: CONVERSATIONS })
    await receiver.takeWhen(CONVERSATIONS)
    await queueAnswers(okno, WARM_UP)
    await receiver.takeWhen(WARM_UP)
    await untilRecorded()

    const queuedAtMs = await queueAnswers(okno, ANSWERS)
    const received = await receiver.takeWhen(ANSWERS)
    await untilRecorded()
    const recordedMs = performance.timeOrigin + performance.now() - queuedAtMs
    const floor = kind === 'email' ? bareMail : bareWebhook
    const target = { databaseUrl: okno.databaseUrl, port: receiver.port, accounts: ACCOUNTS }
    await floor({ ...target, count: WARM_UP })
    const floorPerSecond = await floor({ ...target, count: ANSWERS })

    const perSecond = ANSWERS / (recordedMs / 1000)
    const differences = compareAnswers(received, ANSWERS)
    if (Object.values(differences).some((count) => count > 0)) throw new Error(JSON.stringify(differences))
    return {
      [`${kind}: handed over per second`]: round(ANSWERS / ((lastOf(received) - queuedAtMs) / 1000)),
      [`${kind}: and recorded per second`]: round(perSecond),
      [`${kind}: in each second`]: summarise(perSecondOf(received, queuedAtMs)),
      [`${kind}: differences`]: differences,
      [`${kind}: floor per second`]: round(floorPerSecond),
      [`${kind}: share of the floor`]: `${round((perSecond / floorPerSecond) * 100)} %`,
    }
  } finally {
    receiver.stop()
    await okno.stop()
  }

  async function untilRecorded() {
    for (;;) {
      const [row] = await okno.query<{ open: boolean }>(
        `select exists (select from channels.deliveries where state in ('queued', 'sending')) as open`,
      )
      if (!row?.open) return
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}

function lastOf(received: readonly Received[]): number {
  return received.at(-1)?.atMs ?? Number.NaN
}

/** Answers of each full second: whether the pace holds. */
function perSecondOf(received: readonly Received[], fromMs: number): number[] {
  const counts: number[] = []
  for (const { atMs } of received) {
    const second = Math.floor((atMs - fromMs) / 1000)
    counts[second] = (counts[second] ?? 0) + 1
  }
  return counts.slice(0, -1)
}
