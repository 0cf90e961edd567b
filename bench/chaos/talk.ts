import { setTimeout as delay } from 'node:timers/promises'
import type { Chance } from './chance.ts'
import { type Ledger, type Written, wordsOf } from './ledger.ts'

/** Where Okno is reached from outside: one server, or the balancer before several. */
export interface Door {
  readonly url: string
  readonly smtpPort: number
}

export interface Customers {
  readonly doors: readonly Door[]
  readonly ledger: Ledger
  readonly chance: Chance
  isOver(): boolean
}

/** Hands one message over at one door. True = acknowledged; false = try again; a text = refused, which must never happen. */
export type Hand = (door: Door, message: Written) => Promise<boolean | string>

/** Words that a customer has before they begin another talk: at least, at most. */
const WORDS = [8, 40] as const

/**
 * One customer after another, as one provider would hand them over: mostly word by word, each only when the last was acknowledged;
 * sometimes several at once; now and then the same word twice at once, or one from before again.
 */
export async function talk(
  customers: Customers,
  of: { channel: Written['channel']; name: string; pauseMs: number; hand: Hand; words?: readonly [number, number] },
): Promise<void> {
  const { chance, isOver, ledger } = customers
  const [fewest, most] = of.words ?? WORDS
  const late: Promise<unknown>[] = []
  for (let t = 0; !isOver(); t++) {
    const thread = `${of.name}.${t}`
    const length = Math.floor(chance.between(fewest, most))
    const own: Written[] = []
    while (own.length < length && !isOver()) {
      const burst = chance.hits(0.08) ? Math.min(3, length - own.length) : 1
      const fresh = Array.from({ length: burst }, (_, i): Written => {
        const hasFile = chance.hits(0.04)
        const startedAt = performance.now()
        return { thread, n: own.length + i, channel: of.channel, hasFile, startedAt, acknowledgedAt: undefined }
      })
      own.push(...fresh)
      ledger.written.push(...fresh)
      await Promise.all(fresh.flatMap((one) => (chance.hits(0.05) ? [bring(one), copy(one)] : [bring(one)])))
      if (chance.hits(0.05)) late.push(copy(chance.pick(own)))
      await delay(chance.between(0, 2 * of.pauseMs))
    }
  }
  await Promise.all(late)

  async function bring(message: Written): Promise<void> {
    for (;;) {
      const answer = await of.hand(chance.pick(customers.doors), message)
      if (answer === true) {
        message.acknowledgedAt ??= performance.now()
        return
      }
      if (typeof answer === 'string') {
        ledger.refusals.push(answer)
        return
      }
      ledger.sentAgain++
      await delay(chance.between(50, 300))
    }
  }

  async function copy(message: Written): Promise<void> {
    ledger.copies++
    await delay(chance.between(0, 30))
    await of.hand(chance.pick(customers.doors), message)
  }
}

export const FILE = Buffer.from('a small file')

/** Status of an answer to a hand-over: taken, wait and try again, or a refusal in words. */
export const judge = (message: Written, status: number, text: string): boolean | string => {
  if (status >= 200 && status < 300) return true
  return status >= 500 || status === 429 ? false : `${wordsOf(message)} ${status} ${text}`
}

/** An address of the internet that is the same for all of one thread: limits per address are for others. */
export const addressOf = (thread: string): string => {
  const hash = [...thread].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) >>> 0, 7)
  return `203.${hash & 255}.${(hash >>> 8) & 255}.${(hash >>> 16) & 255}`
}
