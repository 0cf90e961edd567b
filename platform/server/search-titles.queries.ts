import { type RawBuilder, sql } from 'kysely'
import type { Tx } from './database.ts'
import { isTelling } from './search-spans.ts'
import {
  type Dated,
  documents,
  findFew,
  findNewest,
  findRecent,
  OF_CARDS,
  OF_CONVERSATIONS,
  ofConversations,
  type Within,
} from './search-ways.queries.ts'

/**
 * The newest whose titles match. What the last days hold little of is looked for by its letters alone: workspace, kind and day are lists of most titles
 * there are, and to go through them beside the letters costs GIN ten times as much.
 */
export async function findInTitles(tx: Tx, matches: RawBuilder<unknown>, within: Within): Promise<Dated[]> {
  const keys = keysOf(within.objects)
  const recent = await findRecent(tx, matches, within, keys)
  if (recent.length === within.limit) return recent
  const all = sql`${shelfOf(within.objects)} and object = any(${within.objects}::text[]) and ${matches}`
  const few = isTelling(recent.length) ? undefined : await findFew(tx, all, within)
  return few ?? findNewest(tx, matches, within, { keys, recent })
}

/** As `findInTitles`, in the last days only. */
export const findInRecentTitles = (tx: Tx, matches: RawBuilder<unknown>, within: Within): Promise<Dated[]> =>
  findRecent(tx, matches, within, keysOf(within.objects))

/** Said so that one of the two indexes of titles serves it. */
function shelfOf(objects: readonly string[]): RawBuilder<unknown> {
  if (!ofConversations(objects)) return OF_CARDS
  return ofConversations(objects, 'only') ? OF_CONVERSATIONS : sql`true`
}

/** True of a word that is part of no title. Asked of each index by itself: of both at once neither would serve it, and all titles would be read. */
export function isInNoTitle(word: RawBuilder<unknown>): RawBuilder<unknown> {
  const isMissing = (shelf: RawBuilder<unknown>) => sql`not exists (
    select from ${documents} where title <> '' and ${shelf} and lower(title) like '%' || ${word} || '%')`
  return sql`${isMissing(OF_CARDS)} and ${isMissing(OF_CONVERSATIONS)}`
}

/** Keys of a span as the indexes of titles have them. */
const keysOf = (objects: readonly string[]) => sql`${shelfOf(objects)}
  and platform.search_keys(workspace_id, object, at)
    && array(select platform.current_workspace() || ' ' || key from jsonb_array_elements_text(span) as key)`
