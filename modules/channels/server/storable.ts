/**
 * The same value in a form that PostgreSQL takes: no NUL characters and no half surrogates in any string, at any depth. Bytes and
 * dates stay as they are.
 */
export function storable<Value>(value: Value): Value {
  return clean(value) as Value // the shape stays: only characters of strings are dropped
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '').toWellFormed()
  if (Array.isArray(value)) return value.map(clean)
  if (value === null || typeof value !== 'object' || value instanceof Date || value instanceof Uint8Array) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [clean(key), clean(part)]))
}
