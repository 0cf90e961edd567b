import { setTimeout as delay } from 'node:timers/promises'

/**
 * Calls `send` at an even pace and never waits for an answer before the next call, as a world outside does. Resolves when all were
 * answered; rejects with the first failure.
 */
export async function atPace(perSecond: number, count: number, send: (n: number) => Promise<void>): Promise<void> {
  const began = performance.now()
  const underWay: Promise<void>[] = []
  for (let n = 0; n < count; n++) {
    const early = began + (n * 1000) / perSecond - performance.now()
    if (early > 1) await delay(early)
    underWay.push(send(n))
  }
  await Promise.all(underWay)
}

/** The machine's clock in milliseconds, the same in every process. */
export const clockMs = (): number => performance.timeOrigin + performance.now()
