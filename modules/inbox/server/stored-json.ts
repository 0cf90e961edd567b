/**
 * JSON for PostgreSQL: text without what the database cannot keep (the zero character, halves of surrogate pairs), keys in
 * `snake_case` as the columns are.
 */
export function storedRows(rows: readonly object[]): string {
  const named = rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [snake(key), value])))
  const json = JSON.stringify(named)
  // Both are written as escapes, so that rows without them, which is nearly all, need no second look at each string.
  return UNSTORABLE.test(json) ? JSON.stringify(named, clean) : json
}

const UNSTORABLE = /\\u(0000|d[89a-f])/

const snakes = new Map<string, string>()

function snake(name: string): string {
  let known = snakes.get(name)
  if (known === undefined) {
    known = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    snakes.set(name, known)
  }
  return known
}

const clean = (_key: string, value: unknown) => (typeof value === 'string' ? storable(value) : value)

/** Text as PostgreSQL can keep it. */
export const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '')
