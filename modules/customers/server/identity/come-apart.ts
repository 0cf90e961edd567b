import { type Card, fieldOf, isSame, preferred, put, STAND_IN, type Taken, type TakenValue } from './survivorship.ts'

/** An active merge: the card that is shown, the one that was joined to it, and what it took over by that. */
export interface Link {
  readonly id: string
  readonly keptId: string
  readonly hiddenId: string
  readonly taken: Taken
}

/** A card and all that were joined to it, directly or by others. */
export function below(id: string, links: readonly Link[]): Set<string> {
  const found = new Set([id])
  for (const member of found) for (const { keptId, hiddenId } of links) if (keptId === member) found.add(hiddenId)
  return found
}

/**
 * The card whose value it is that a card shows in a field: its own, unless the last merge that touched the field brought it and nobody has changed
 * it since. `links` are in the order in which they were made, here and below.
 */
export function originOf(card: Card, links: readonly Link[], field: string): string {
  const last = links.findLast(({ keptId, taken }) => keptId === card.id && taken[field])?.taken[field]
  return last && isSame(last.after, fieldOf(card, field)) ? last.from : card.id
}

/**
 * What becomes of cards and of the links that stay when one link is taken out. Each merge laid its values over those before it: a value that stands on
 * top gives way to the one below; under a later one, that one remembers another value as the one before. What somebody has changed since stays.
 * Values that were handed on up the chain go with the card they came from, and what the card between has itself takes their place.
 */
export function comeApart(
  link: Link,
  links: readonly Link[],
  cards: ReadonlyMap<string, Card>,
): { cards: Map<string, Card>; links: Link[] } {
  const leaving = below(link.hiddenId, links)
  const after = new Map(cards)
  let rest = [...links]
  for (const joint of pathUp(link, links)) {
    const lower = joint.id === link.id ? undefined : after.get(joint.hiddenId)
    for (const [field, old] of Object.entries(joint.taken)) {
      const card = after.get(joint.keptId)
      // The flag goes with its name.
      if (!card || field === STAND_IN || !leaving.has(old.from)) continue
      const former = sayingBefore(card, field, joint.taken)
      const next = lower && inherited(former, lower, rest, { field, old, leaving })
      const now = next && lower ? sayingOf(former, lower, field) : former
      const place = rest.findIndex(({ id }) => id === joint.id)
      const later = rest.slice(place + 1).find(({ keptId, taken }) => keptId === card.id && taken[field])
      if (later && isSame(later.taken[field]?.before ?? null, old.after))
        rest = rest.map((one) => (one === later ? { ...one, taken: withBefore(one.taken, field, now) } : one))
      if (!later && isSame(fieldOf(card, field), old.after)) after.set(card.id, sayingOf(card, now, field))
      rest = rest.map((one) => (one.id === joint.id ? { ...one, taken: withValue(one.taken, field, next, now) } : one))
    }
  }
  return { cards: after, links: rest.filter(({ id }) => id !== link.id) }
}

/** This link and those above it, up to the shown card: values may have been handed on along them. */
function pathUp(link: Link, links: readonly Link[]): Link[] {
  const next = links.find(({ hiddenId }) => hiddenId === link.keptId)
  return [link, ...(next ? pathUp(next, links) : [])]
}

/** What the card between says instead of the value that left; undefined when the card above keeps what it had before. */
function inherited(
  former: Card,
  lower: Card,
  links: readonly Link[],
  { field, old, leaving }: { field: string; old: TakenValue; leaving: ReadonlySet<string> },
): TakenValue | undefined {
  const value = fieldOf(lower, field)
  const isBlank = value === null || value === '' || (field === 'name' && lower.nameIsStandIn)
  const isWanted = preferred(former, lower, field).id === lower.id || (old.chosen && !isBlank)
  if (!isWanted || isSame(value, old.before)) return undefined
  const staying = links.filter(({ hiddenId }) => !leaving.has(hiddenId))
  return { ...old, after: value, from: originOf(lower, staying, field) }
}

/** The fields that go together: a name goes with whether it was made from an address. */
const together = (field: string): string[] => (field === 'name' ? [field, STAND_IN] : [field])

const sayingOf = (card: Card, other: Card, field: string): Card => ({
  ...card,
  ...put(card, Object.fromEntries(together(field).map((one) => [one, fieldOf(other, one)]))),
})

const sayingBefore = (card: Card, field: string, taken: Taken): Card => ({
  ...card,
  ...put(card, Object.fromEntries(together(field).flatMap((one) => (taken[one] ? [[one, taken[one].before]] : [])))),
})

const withBefore = (taken: Taken, field: string, card: Card): Taken => ({
  ...taken,
  ...Object.fromEntries(
    together(field).flatMap((one) => (taken[one] ? [[one, { ...taken[one], before: fieldOf(card, one) }]] : [])),
  ),
})

/** Without what was taken over in a field, or with another value in its place. */
function withValue(taken: Taken, field: string, next: TakenValue | undefined, card: Card): Taken {
  const names = together(field)
  const others = Object.entries(taken).filter(([one]) => !names.includes(one))
  const instead = next
    ? names.flatMap((one) =>
        taken[one] ? [[one, { ...next, before: taken[one].before, after: fieldOf(card, one) }]] : [],
      )
    : []
  return Object.fromEntries([...others, ...instead])
}
