/**
 * JSON for PostgreSQL: text without what the database cannot keep (the zero character, halves of surrogate pairs), keys in
 * `snake_case` as the columns are.
 */
export function storedRows(rows: readonly object[]): string {
  return JSON.stringify(
    rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [snake(key), value]))),
    clean,
  )
}

const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const clean = (_key: string, value: unknown) => (typeof value === 'string' ? storable(value) : value)

/** Text as PostgreSQL can keep it. */
export const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '')
