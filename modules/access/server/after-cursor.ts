import { isUuid } from '#platform/shared/ids'
import { decodeCursor } from '#platform/shared/page'
import { Problem } from '#platform/shared/problems'

const notOurs = () => new Problem('request.cursor', 400, 'The cursor does not belong to this list; start without one.')

/** @throws Problem `request.cursor` when it was not made by a list ordered by id. */
export function afterId(cursor: string): string {
  const [id] = decodeCursor(cursor, 1)
  if (typeof id !== 'string' || !isUuid(id)) throw notOurs()
  return id
}

/** @throws Problem `request.cursor` when it was not made by a list ordered by name and id. */
export function afterName(cursor: string): { name: string; id: string } {
  const [name, id] = decodeCursor(cursor, 2)
  if (typeof name !== 'string' || typeof id !== 'string' || !isUuid(id)) throw notOurs()
  return { name, id }
}
