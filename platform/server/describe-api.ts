import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'

type Describe = typeof jsonSchemaTransform
type Complete = typeof jsonSchemaTransformObject
type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

const PROBLEM = '#/components/schemas/Problem'
const COMPONENTS = '#/components/schemas/'
/** What zod calls parts that lie in no registry: only values that may be any JSON, which point to themselves. */
const ANY_JSON = /^#\/components\/schemas\/(__shared#\/\$defs\/)?schema\d+$/

/** How the API refuses: RFC 9457. */
const problem = {
  type: 'object',
  description: 'What went wrong. `code` is stable: programs and translations go by it.',
  properties: {
    type: { type: 'string', description: 'Where the code is explained.' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'One English sentence for developers.' },
    code: { type: 'string', examples: ['request.invalid'] },
    params: { type: 'object', additionalProperties: { type: ['string', 'number'] } },
    errors: {
      type: 'array',
      description: 'One entry for each field that is wrong.',
      items: {
        type: 'object',
        properties: { path: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } },
        required: ['path', 'code', 'message'],
      },
    },
    requestId: { type: 'string', description: 'Finds the request in the log of the server.' },
  },
  required: ['type', 'title', 'status', 'detail', 'code'],
} as const

/**
 * A route in the description of the API: its permission (tests walk every route by it), a name of its own, how it takes a file or gives one,
 * and how it refuses.
 */
export const describeRoute: Describe = (input) => {
  const { schema, url } = jsonSchemaTransform(input)
  const { config, method } = input.route
  const response = { ...(schema.response as object), ...fileAnswer(schema), default: refusal }
  const names = { operationId: operationId(String(method), url), 'x-permission': config?.access ?? 'public' }
  return { schema: { ...schema, ...fileBody(schema), ...names, response }, url }
}

const refusal = {
  description: 'It was refused or went wrong',
  content: { 'application/problem+json': { schema: { $ref: PROBLEM } } },
}

/** `GET /api/v1/people/{id}/tasks` → `getPeopleByIdTasks`: made of what cannot be the same twice. */
export function operationId(method: string, url: string): string {
  const words = url
    .replace(/^\/api(\/v1)?/, '')
    .replaceAll(/[:{](\w+)\}?/g, (_whole, name: string) => `by-${name}`)
    .split(/\W+/)
    .filter(Boolean)
  return [method.toLowerCase(), ...words.map((word) => word.charAt(0).toUpperCase() + word.slice(1))].join('')
}

interface Files {
  readonly consumes?: readonly string[]
  readonly produces?: readonly string[]
  readonly body?: unknown
  readonly response?: unknown
}

function fileBody({ consumes, body }: Files) {
  if (body || !consumes?.includes('multipart/form-data')) return {}
  return { body: { type: 'object', properties: { file: { type: 'string', format: 'binary' } }, required: ['file'] } }
}

function fileAnswer({ produces, response }: Files) {
  const type = produces?.[0]
  if (!type || response) return {}
  const schema = type.startsWith('text/') ? { type: 'string' } : { type: 'string', format: 'binary' }
  return { 200: { description: 'The content', content: { [type]: { schema } } } }
}

/** The whole document: only schemas that are used, under one name each; what zod could not name is any JSON. */
export const completeDocument: Complete = (input) => {
  const document = withoutLooseParts(jsonSchemaTransformObject(input) as unknown as Json) as {
    paths: Json
    components: { schemas: { [name: string]: Json } }
  }
  const { schemas } = document.components
  const used = usedBy(document.paths, schemas)
  // The form in which a thing is given has a name of its own only where it also comes back in another.
  const shorter = new Map([...used].map((name) => [name, shortName(name, used)]))
  const renamed = (value: Json) =>
    mapRefs(value, (ref) => COMPONENTS + (shorter.get(ref.slice(COMPONENTS.length)) ?? ref.slice(COMPONENTS.length)))
  const kept = [...used].map((name) => [shorter.get(name) ?? name, withExamples(renamed(schemas[name] ?? {}))] as const)
  return {
    ...document,
    paths: renamed(document.paths),
    components: {
      ...document.components,
      schemas: { ...Object.fromEntries(kept.sort(([a], [b]) => a.localeCompare(b))), Problem: problem },
    },
  } as unknown as ReturnType<Complete>
}

/** Zod leaves `examples` out where a value is changed on its way in, so a schema names its one as `example`, and gets the word of OpenAPI 3.1 here. */
function withExamples(schema: Json): Json {
  if (schema === null || typeof schema !== 'object' || Array.isArray(schema) || schema.example === undefined)
    return schema
  const { example, ...rest } = schema
  return { ...rest, examples: [example] }
}

const shortName = (name: string, used: ReadonlySet<string>) => {
  const short = name.replace(/Input$/, '')
  return used.has(short) ? name : short
}

function usedBy(value: Json, schemas: { readonly [name: string]: Json }, found = new Set<string>()): Set<string> {
  mapRefs(value, (ref) => {
    const name = ref.slice(COMPONENTS.length)
    const schema = schemas[name]
    if (schema !== undefined && !found.has(name)) {
      found.add(name)
      usedBy(schema, schemas, found)
    }
    return ref
  })
  return found
}

function mapRefs(value: Json, change: (ref: string) => string): Json {
  if (Array.isArray(value)) return value.map((item) => mapRefs(item, change))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === '$ref' && typeof inner === 'string' ? change(inner) : mapRefs(inner, change),
    ]),
  )
}

function withoutLooseParts(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutLooseParts)
  if (value === null || typeof value !== 'object') return value
  if (typeof value.$ref === 'string' && ANY_JSON.test(value.$ref)) return {}
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => inner !== undefined && key !== '$defs')
      .map(([key, inner]) => [key, withoutLooseParts(inner)]),
  )
}
