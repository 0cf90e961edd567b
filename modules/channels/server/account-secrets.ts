import { z } from 'zod'

/** A sealed secret as it lies in stored settings. */
interface Sealed {
  readonly $sealed: string
}

const isSealed = (value: unknown): value is Sealed => isObject(value) && typeof value.$sealed === 'string'

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

interface Node {
  secret?: boolean
  properties?: Record<string, Node>
  items?: Node
  anyOf?: Node[]
  oneOf?: Node[]
  allOf?: Node[]
}

/** JSON schema of settings, from which the form is drawn; fields of `.meta({ secret: true })` carry `secret: true`. */
export const configSchemaOf = (schema: z.ZodType): Record<string, unknown> =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' })

/** Settings for storing: every secret string sealed. */
export const sealSecrets = (schema: z.ZodType, config: unknown, seal: (plain: string) => string): unknown =>
  mapSecrets(nodesOf(schema), config, (value) =>
    typeof value === 'string' && value ? { $sealed: seal(value) } : value,
  )

/** Settings for the adapter: every secret open. */
export const openSecrets = (config: unknown, open: (sealed: string) => string): unknown =>
  mapDeep(config, (value) => open(value.$sealed))

/** Settings for reading: a secret that is set is `true`. */
export const hideSecrets = (config: unknown): unknown => mapDeep(config, () => true)

/**
 * Stored settings with a change laid over them (RFC 7396: objects merge, null removes, lists replace). A secret that is left out or
 * given as `true`, as it is read, keeps its value.
 */
export function mergeConfig(stored: unknown, change: unknown): unknown {
  if (isSealed(stored) && change === true) return stored
  if (!isObject(change) || isSealed(change)) return change
  const merged: Record<string, unknown> = isObject(stored) && !isSealed(stored) ? { ...stored } : {}
  for (const [key, value] of Object.entries(change)) {
    if (key === '__proto__') continue
    if (value === null) delete merged[key]
    else merged[key] = mergeConfig(merged[key], value)
  }
  return merged
}

const nodesOf = (schema: z.ZodType): Node[] => [configSchemaOf(schema) as Node] // what toJSONSchema makes

function mapSecrets(nodes: readonly Node[], value: unknown, change: (value: unknown) => unknown): unknown {
  const all = nodes.flatMap(alternatives)
  if (all.some((node) => node.secret)) return change(value)
  if (Array.isArray(value)) {
    const items = all.flatMap((node) => node.items ?? [])
    return value.map((item) => mapSecrets(items, item, change))
  }
  if (!isObject(value) || isSealed(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => {
      const parts = all.flatMap((node) => node.properties?.[key] ?? [])
      return [key, mapSecrets(parts, part, change)]
    }),
  )
}

const alternatives = (node: Node): Node[] => [
  node,
  ...[node.anyOf, node.oneOf, node.allOf].flatMap((list) => list ?? []).flatMap(alternatives),
]

function mapDeep(value: unknown, change: (sealed: Sealed) => unknown): unknown {
  if (isSealed(value)) return change(value)
  if (Array.isArray(value)) return value.map((item) => mapDeep(item, change))
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, mapDeep(part, change)]))
}
