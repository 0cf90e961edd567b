import type { Tx } from '#platform/server/database'
import { isUuid } from '#platform/shared/ids'
import { decodeCursor, foreignCursor, type Page, toPage } from '#platform/shared/page'
import type { Candidate, CandidatesQuery } from '../../contract/identity.ts'
import { asWritten } from './as-written.ts'
import { keepWhich, proposedChoices } from './keep-which.ts'
import { listPairs, type PairPlace } from './pairs.queries.ts'
import { findSides } from './sides.queries.ts'

/** One page of pairs that wait for a decision, likeliest first, each with both cards and what would be shown. @throws Problem `request.cursor` */
export async function listCandidates(tx: Tx, query: CandidatesQuery): Promise<Page<Candidate>> {
  const { personId, rule, limit } = query
  const rows = await listPairs(tx, { personId, rule, limit: limit + 1, after: readPlace(query.cursor) })
  const page = toPage(rows, limit, (row) => [row.probability ?? 0, row.personId, row.otherId])
  const sides = await findSides(tx, [...new Set(page.items.flatMap((pair) => [pair.personId, pair.otherId]))])
  const items = page.items.flatMap(({ personId, otherId, ...pair }): Candidate[] => {
    const [a, b] = [sides.get(personId), sides.get(otherId)]
    if (!a || !b) return []
    const evidence = asWritten(pair.evidence, [a.name, b.name])
    return [{ ...pair, evidence, a, b, keep: keepWhich(a, b), choices: proposedChoices(a, b) }]
  })
  return { items, nextCursor: page.nextCursor }
}

function readPlace(cursor: string | undefined): PairPlace | null {
  if (!cursor) return null
  const [probability, personId, otherId] = decodeCursor(cursor, 3)
  if (typeof probability !== 'number' || !isUuidText(personId) || !isUuidText(otherId)) throw foreignCursor()
  return { probability, personId, otherId }
}

const isUuidText = (value: unknown): value is string => typeof value === 'string' && isUuid(value)
