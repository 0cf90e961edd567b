import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { Chance } from './chance.ts'
import { type Answered, answerWords, type Ledger } from './ledger.ts'
import { call, type Server } from './servers.ts'

const list = z.object({ items: z.array(z.object({ id: z.string(), account: z.object({ kind: z.string() }) })) })
/** A long mail leaves in many pieces, so that a line can break in the middle of it. */
const LONG = `\n${'and so on, line after line, as in a contract\n'.repeat(3000)}`

export interface Operators {
  readonly servers: readonly Server[]
  readonly ledger: Ledger
  readonly chance: Chance
  isOver(): boolean
}

/** One operator who answers whatever came last, and presses the button again, with the same key, until Okno has confirmed. */
export async function answerCustomers(operators: Operators, { n, pauseMs }: { n: number; pauseMs: number }) {
  const { servers, ledger, chance, isOver } = operators
  let shown: z.infer<typeof list>['items'] = []
  for (let k = 0; !isOver(); k++) {
    if (k % 5 === 0 || shown.length === 0) shown = (await recent()) ?? shown
    if (shown.length > 0) await answer(k, chance.pick(shown))
    await delay(chance.between(0, 2 * pauseMs))
  }

  async function recent() {
    const answer = await call(chance.pick(servers), 'GET', '/conversations?sort=recent&limit=40')
    return answer?.status === 200 ? list.parse(answer.body).items : undefined
  }

  async function answer(k: number, { id, account }: { id: string; account: { kind: string } }): Promise<void> {
    const key = `${n}-${k}`
    const own: Answered = {
      key,
      conversationId: id,
      channel: account.kind,
      startedAt: performance.now(),
      confirmedAt: undefined,
    }
    ledger.answers.set(key, own)
    const text = `${answerWords(key)}${account.kind === 'email' && chance.hits(0.2) ? LONG : ''}`
    const body = chance.hits(0.1) ? { text, after: 'close' } : { text }
    for (;;) {
      const result = await call(chance.pick(servers), 'POST', `/conversations/${id}/replies`, {
        body,
        headers: { 'idempotency-key': `chaos ${key}` },
      })
      if (result?.status === 201) {
        own.confirmedAt = performance.now()
        return
      }
      if (result && result.status < 500) {
        ledger.refusals.push(`answer ${key}: ${result.status} ${JSON.stringify(result.body)}`)
        return
      }
      ledger.sentAgain++
      await delay(chance.between(50, 300))
    }
  }
}
