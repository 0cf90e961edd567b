import type { Config } from '../channels-api.ts'

/** As much of JSON schema as settings of channels use. `secret` marks what is never shown again. */
export interface Schema {
  type?: 'object' | 'string' | 'integer' | 'number' | 'boolean' | 'array'
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  enum?: string[]
  default?: unknown
  secret?: boolean
  format?: string
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
}

/** Settings that a new account begins with: what the schema presets, and nothing else. */
export function presetOf(schema: Schema): Config {
  return Object.fromEntries(
    Object.entries(schema.properties ?? {}).flatMap(([key, part]) =>
      part.default === undefined ? [] : [[key, part.default]],
    ),
  )
}

/**
 * Settings as they are sent: a field that was emptied is `null`, so that the server forgets it (RFC 7396). A secret that is set
 * stays `true`, which the server reads as "as it was".
 */
export function toSend(schema: Schema, config: Config): Config {
  return Object.fromEntries(
    Object.entries(schema.properties ?? {}).flatMap(([key, part]): [string, unknown][] => {
      const value = config[key]
      // A secret that was to be replaced, but was not, stays as it was.
      if (value === undefined || (part.secret && value === '')) return []
      if (value === '' && part.default === undefined) return [[key, null]]
      if (part.type === 'object' && isConfig(value)) return [[key, toSend(part, value)]]
      return [[key, value]]
    }),
  )
}

export const isConfig = (value: unknown): value is Config =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The same without what the server would have to forget: a new account has nothing yet. */
export const withoutNulls = (config: Config): Config =>
  Object.fromEntries(
    Object.entries(config).flatMap(([key, value]) =>
      value === null ? [] : [[key, isConfig(value) ? withoutNulls(value) : value]],
    ),
  )
