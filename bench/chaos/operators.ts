import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { type Answered, answerWords } from './ledger.ts'
import { call } from './servers.ts'
import type { Customers } from './talk.ts'

const list = z.object({ items: z.array(z.object({ id: z.string(), account: z.object({ kind: z.string() }) })) })
const reply = z.object({ id: z.string() })
const shownMessage = z.object({ delivery: z.object({ state: z.string() }).nullable() })
/** A long mail leaves in many pieces, so that a line can break in the middle of it. */
const LONG = `\n${'and so on, line after line, as in a contract\n'.repeat(3000)}`
/** Share of the unknown answers that an operator sends again; the others stay unknown. */
const SHARE_AGAIN = 0.5

/** One operator who answers whatever came last, and presses the button again, with the same key, until Okno has confirmed. */
export async function answerCustomers(operators: Customers, { n, pauseMs }: { n: number; pauseMs: number }) {
  const { doors, ledger, chance, isOver } = operators
  let shown: z.infer<typeof list>['items'] = []
  for (let k = 0; !isOver(); k++) {
    if (k % 5 === 0 || shown.length === 0) shown = (await recent()) ?? shown
    if (shown.length > 0) await answer(k, chance.pick(shown))
    await delay(chance.between(0, 2 * pauseMs))
  }

  async function recent() {
    const answer = await call(chance.pick(doors), 'GET', '/conversations?sort=recent&limit=40')
    return answer?.status === 200 ? list.parse(answer.body).items : undefined
  }

  async function answer(k: number, { id, account }: { id: string; account: { kind: string } }): Promise<void> {
    const key = `${n}-${k}`
    // Whoever filled in a form is answered by mail.
    const channel = account.kind === 'form' ? 'email' : account.kind
    const own: Answered = {
      key,
      conversationId: id,
      channel,
      startedAt: performance.now(),
      confirmedAt: undefined,
      messageId: undefined,
      again: { confirmed: 0, unanswered: 0 },
    }
    ledger.answers.set(key, own)
    const text = `${answerWords(key)}${channel === 'email' && chance.hits(0.2) ? LONG : ''}`
    const body = chance.hits(0.1) ? { text, after: 'close' } : { text }
    for (;;) {
      const result = await call(chance.pick(doors), 'POST', `/conversations/${id}/replies`, {
        body,
        headers: { 'idempotency-key': `chaos ${key}` },
      })
      if (result?.status === 201) {
        own.confirmedAt = performance.now()
        own.messageId = reply.parse(result.body).id
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

/** One operator who looks through the mails of all and presses "send again", once, where nobody knows whether one arrived. */
export async function sendUnknownAgain({ doors, ledger, chance, isOver }: Customers, { pauseMs }: { pauseMs: number }) {
  const looked = new Set<string>()
  while (!isOver()) {
    for (const answer of [...ledger.answers.values()]) {
      if (isOver()) return
      if (answer.channel !== 'email' || !answer.messageId || looked.has(answer.key)) continue
      const state = await stateOf(answer.messageId)
      if (state === 'sent') looked.add(answer.key)
      if (state !== 'unknown') continue
      looked.add(answer.key)
      if (chance.hits(SHARE_AGAIN)) await press(answer, answer.messageId)
    }
    await delay(chance.between(0, 2 * pauseMs))
  }

  async function stateOf(messageId: string): Promise<string | undefined> {
    const shown = await call(chance.pick(doors), 'GET', `/messages/${messageId}`)
    return shown?.status === 200 ? shownMessage.parse(shown.body).delivery?.state : undefined
  }

  async function press(answer: Answered, messageId: string): Promise<void> {
    const result = await call(chance.pick(doors), 'POST', `/messages/${messageId}/resend`)
    if (result?.status === 200) answer.again.confirmed++
    // Whether it was taken is not known; nobody presses twice.
    else if (!result || result.status >= 500) answer.again.unanswered++
    // Refused with 409 when it turned out in between that the mail arrived.
    else if (result.status !== 409) ledger.refusals.push(`send again ${answer.key}: ${JSON.stringify(result)}`)
  }
}
