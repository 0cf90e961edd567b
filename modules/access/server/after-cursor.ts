import { isUuid } from '#platform/shared/ids'
import { decodeCursor, foreignCursor } from '#platform/shared/page'

/** @throws Problem `request.cursor` when it was not made by a list ordered by id. */
export function afterId(cursor: string): string {
  const [id] = decodeCursor(cursor, 1)
  if (typeof id !== 'string' || !isUuid(id)) throw foreignCursor()
  return id
}

/** @throws Problem `request.cursor` when it was not made by a list ordered by name and id. */
export function afterName(cursor: string): { name: string; id: string } {
  const [name, id] = decodeCursor(cursor, 2)
  if (typeof name !== 'string' || typeof id !== 'string' || !isUuid(id)) throw foreignCursor()
  return { name, id }
}
