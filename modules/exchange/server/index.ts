import type { Module } from '#platform/server/module'

/** What other modules may ask of exchange. */
export type Exchange = ReturnType<typeof createExchange>

/** Lists of customers that come in from files and go out into them. */
export function createExchange() {
  return { name: 'exchange' } satisfies Module & Record<string, unknown>
}
