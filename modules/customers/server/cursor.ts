import { isUuid } from '#platform/shared/ids'
import { decodeCursor, foreignCursor } from '#platform/shared/page'

/**
 * Where a list goes on: the sort value and the id of the last row seen. Null on the first page.
 * @throws Problem `request.cursor` when it was made for another list or by somebody else.
 */
export function readCursor(
  cursor: string | undefined,
  sortedBy: 'instant' | 'text',
): { value: string; id: string } | null {
  if (!cursor) return null
  const [value, id] = decodeCursor(cursor, 2)
  const isRight =
    typeof value === 'string' &&
    typeof id === 'string' &&
    isUuid(id) &&
    (sortedBy === 'text' ? !value.includes('\0') : !Number.isNaN(Date.parse(value)))
  if (!isRight) throw foreignCursor()
  return { value: sortedBy === 'text' ? value : new Date(value).toISOString(), id }
}
