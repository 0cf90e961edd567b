import type { Tx } from '#platform/server/database'
import type { PartsSource } from '#platform/server/objects/source'
import { type Placed, search } from '#platform/server/search.queries'
import { foundBefore, wholesOf } from '#platform/server/search-parts.queries'
import { type Place, readFoundPlace } from '#platform/server/search-place'
import { searchText } from '#platform/server/search-text'
import { decodeCursor, encodeCursor, foreignCursor, type Page } from '#platform/shared/page'
import { Problem } from '#platform/shared/problems'

/** Finds are narrowed by a condition, or by what the actor may see: so many are looked at first, and at most so many each time after. */
const FIRST_DEPTH = 200
const MOST_DEPTH = 1000
/** What fits is not strewn evenly among the finds. */
const SPARE = 1.3
/** So long the rest of a page is looked for, once something is on it. */
const PAGE_MS = 1000
/** So long anything at all is looked for. */
const NOTHING_MS = 5000

interface WordsQuestion {
  readonly q: string
  readonly object: string
  readonly parts: PartsSource | undefined
  /** Not all that the words find belongs on the page. */
  readonly isNarrowed: boolean
  readonly cursor?: string | undefined
  readonly limit: number
  /** Which of these belong on the page. */
  fitting(ids: readonly string[]): Promise<ReadonlySet<string>>
}

/**
 * One page of what words find, by itself or by one of its parts: the best first, every find on one page. A page that took long is shorter;
 * there is more as long as it names a next one.
 * @throws Problem `objects.too_slow`, `request.cursor`
 */
export async function findByWords(tx: Tx, asked: WordsQuestion): Promise<Page<string>> {
  const { object, parts, limit } = asked
  const objects = parts ? [object, parts.object] : [object]
  const began = performance.now()
  const shown = new Map<string, Placed>()
  const start = readCursor(asked.cursor)
  let after = start
  let looked = 0
  const nextDepth = () => depthFor({ looked, fitting: shown.size, missing: limit + 1 - shown.size })
  for (let depth = asked.isNarrowed ? Math.max(FIRST_DEPTH, limit + 1) : limit + 1; ; depth = nextDepth()) {
    const found = await search(tx, { q: searchText(asked.q), objects, limit: depth }, after)
    for (const [id, place] of await wholesThatFit(tx, asked, found, start)) {
      if (shown.has(id)) continue
      if (shown.size === limit) return pageTo(shown, [...shown.values()].at(-1))
      shown.set(id, place)
    }
    after = found.at(-1)
    looked += found.length
    if (found.length < depth) return pageTo(shown, undefined)
    const took = performance.now() - began
    if (shown.size > 0 && took > PAGE_MS) return pageTo(shown, after)
    if (took > NOTHING_MS)
      throw new Problem('objects.too_slow', 422, 'Looking for these words takes too long; say more of them.')
  }
}

/** Among so many more finds those are likely to be that are missing on the page. */
function depthFor({ looked, fitting, missing }: { looked: number; fitting: number; missing: number }): number {
  const likely = Math.ceil((SPARE * looked * missing) / fitting)
  return Math.min(Math.max(likely, FIRST_DEPTH), MOST_DEPTH)
}

/** What of the found belongs on the page, the best first; of each whole its best part, unless that stood before the page. */
async function wholesThatFit(
  tx: Tx,
  { q, object, parts, fitting }: WordsQuestion,
  found: readonly Placed[],
  start: Place | undefined,
): Promise<Map<string, Placed>> {
  const inParts = found.filter((one) => one.object !== object).map(({ id }) => id)
  const wholes = parts && (await wholesOf(tx, parts, inParts))
  const byId = new Map<string, Placed>()
  for (const one of found) {
    const id = one.object === object ? one.id : wholes?.get(one.id)
    if (id !== undefined && !byId.has(id)) byId.set(id, one)
  }
  const fits = [...(await fitting([...byId.keys()]))]
  const told = start && parts && (await foundBefore(tx, { q: searchText(q), place: start, object, parts }, fits))
  const isNew = new Set(fits).difference(told ?? new Set())
  return new Map([...byId].filter(([id]) => isNew.has(id)))
}

const pageTo = (shown: ReadonlyMap<string, Placed>, next: Place | undefined): Page<string> => ({
  items: [...shown.keys()],
  nextCursor: next ? encodeCursor([next.way, next.at, next.id]) : null,
})

/** @throws Problem `request.cursor` when it was made for a list in an order. */
function readCursor(cursor: string | undefined): Place | undefined {
  if (!cursor) return undefined
  const place = readFoundPlace(decodeCursor(cursor, 3))
  if (!place) throw foreignCursor()
  return place
}
