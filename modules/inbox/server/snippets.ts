import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { isUuid } from '#platform/shared/ids'
import { decodeCursor, foreignCursor, type Page, type PageQuery, toPage } from '#platform/shared/page'
import { Problem } from '#platform/shared/problems'
import type { Snippet } from '../contract/index.ts'
import { deleteSnippet, insertSnippet, listSnippets, shortcutTaken, updateSnippet } from './snippets.queries.ts'
import { storable } from './stored-json.ts'

type Draft = Omit<Snippet, 'id'>
type Patch = { [Key in keyof Draft]?: Draft[Key] | undefined }

/** Texts that are typed by a shortcut, shared by the workspace. */
export const snippets = ({ transaction }: Platform) => ({
  list: (actor: Actor, { cursor, limit }: PageQuery): Promise<Page<Snippet>> =>
    transaction(actor.workspaceId, async (tx) => {
      const after = cursor === undefined ? undefined : placeOf(cursor)
      const rows = await listSnippets(tx, { after, limit: limit + 1 })
      return toPage(rows, limit, (row) => [row.shortcut, row.id])
    }),

  /** @throws Problem `inbox.snippet_exists` */
  add: (actor: Actor, draft: Draft): Promise<Snippet> =>
    transaction(actor.workspaceId, async (tx) => {
      const added = await insertSnippet(tx, clean(draft))
      if (!added) throw shortcutTaken(draft.shortcut)
      return added
    }),

  /** @throws Problem `inbox.snippet_not_found`, `inbox.snippet_exists` */
  change: (actor: Actor, id: string, patch: Patch): Promise<Snippet> =>
    transaction(actor.workspaceId, async (tx) => {
      const changed = await updateSnippet(tx, id, clean(patch))
      if (!changed) throw missing()
      return changed
    }),

  /** @throws Problem `inbox.snippet_not_found` */
  remove: (actor: Actor, id: string): Promise<void> =>
    transaction(actor.workspaceId, async (tx) => {
      if (!(await deleteSnippet(tx, id))) throw missing()
    }),
})

function placeOf(cursor: string): { shortcut: string; id: string } {
  const [shortcut, id] = decodeCursor(cursor, 2)
  if (typeof shortcut !== 'string' || shortcut.includes('\0') || typeof id !== 'string' || !isUuid(id))
    throw foreignCursor()
  return { shortcut, id }
}

const clean = <Fields extends Patch>(fields: Fields): Fields => ({
  ...fields,
  ...(fields.title === undefined ? {} : { title: storable(fields.title) }),
  ...(fields.text === undefined ? {} : { text: storable(fields.text) }),
})

const missing = () => new Problem('inbox.snippet_not_found', 404, 'There is no such snippet.')
