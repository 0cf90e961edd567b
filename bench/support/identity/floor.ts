import type { LabelledSet } from './labelled-sets.ts'
import { type Quality, qualityOf } from './measure.ts'
import { plainName } from './russian-people.ts'

/** What equality alone finds: the same name and birthday, the same phone, the same mailbox, or the same company and address. */
export function floorOf({ cards }: LabelledSet): Quality {
  const groups = new Map<string, number[]>()
  for (const [i, { profile }] of cards.entries()) {
    const { birthday, phones, emails, companies, address } = profile
    const name = plainName(profile)
    const keys = [
      name && birthday ? `${name} ${birthday}` : null,
      ...phones.map(({ value }) => value),
      ...emails.map(({ value }) => value),
      companies[0] && address ? `${companies[0]} ${address}`.toLowerCase() : null,
    ]
    for (const key of keys) if (key) groups.set(key, [...(groups.get(key) ?? []), i])
  }
  const found = new Set<string>()
  let right = 0
  for (const members of groups.values())
    for (const [x, i] of members.entries())
      for (const j of members.slice(x + 1)) {
        const [a, b] = [cards[i], cards[j]]
        if (!a || !b || found.has(`${i} ${j}`) || (a.side !== undefined && a.side === b.side)) continue
        found.add(`${i} ${j}`)
        if (a.truth === b.truth) right++
      }
  return qualityOf(right, found.size, countTrue(cards))
}

function countTrue(cards: LabelledSet['cards']): number {
  const groups = Map.groupBy(cards, ({ truth }) => truth)
  return [...groups.values()].reduce((sum, members) => {
    const a = members.filter(({ side }) => side === 'a').length
    const all = (members.length * (members.length - 1)) / 2
    return sum + (members[0]?.side === undefined ? all : a * (members.length - a))
  }, 0)
}
