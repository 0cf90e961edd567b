import { z } from 'zod'
import { Problem } from './problems.ts'

/** Query of every list. `limit` is rows per page. */
export const pageQuery = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type PageQuery = z.infer<typeof pageQuery>

/** Answer of every list: `nextCursor` is null on the last page. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })

export interface Page<Item> {
  items: Item[]
  nextCursor: string | null
}

/** Packs the sort values of the last row. Opaque to callers. */
export const encodeCursor = (values: readonly (string | number | null)[]): string =>
  btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(values))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

/** @throws Problem `request.cursor` when the cursor was not made by `encodeCursor` with as many values. */
export function decodeCursor(cursor: string, length: number): (string | number | null)[] {
  try {
    const bytes = Uint8Array.from(atob(cursor.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))
    const values: unknown = JSON.parse(new TextDecoder().decode(bytes))
    const isScalar = (v: unknown) => v === null || typeof v === 'string' || typeof v === 'number'
    if (Array.isArray(values) && values.length === length && values.every(isScalar)) return values
  } catch (cause) {
    if (!(cause instanceof SyntaxError) && !(cause instanceof DOMException)) throw cause
  }
  throw foreignCursor()
}

/** What is said of a cursor that was made for another list, or by nobody. */
export const foreignCursor = (): Problem =>
  new Problem('request.cursor', 400, 'The cursor does not belong to this list; start without one.')

/** Cuts rows fetched with `limit + 1` into a page. `key` gives the sort values of a row. */
export function toPage<Row>(rows: Row[], limit: number, key: (row: Row) => (string | number | null)[]): Page<Row> {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? encodeCursor(key(last)) : null }
}
