import type { IdentityWire } from '../customers-api.ts'

/**
 * Every address once, the surest first: cards that were joined may both hold it, which is what they were joined by. It is told as the surest of
 * them, with what speaks for any.
 */
export function eachOnce(identities: readonly IdentityWire[]): IdentityWire[] {
  const surestFirst = identities.toSorted((a, b) => Number(b.proven) - Number(a.proven) || a.kind.localeCompare(b.kind))
  const alike = Map.groupBy(surestFirst, ({ kind, scope, value }) => [kind, scope, value].join('\n'))
  return [...alike.values()].flatMap(([surest, ...others]) =>
    surest ? [{ ...surest, evidence: [surest, ...others].flatMap(({ evidence }) => evidence) }] : [],
  )
}
