import type { ApiDescription, Content, Operation, Schema } from './schema.ts'

const HEAD = `// Written by \`npm run client\` from the description of the API. Do not change it by hand.
`
const PREFIX = '/api/v1'
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const

/**
 * TypeScript of everything below `/api/v1`: one type for each named schema, the routes by method and path, the codes of problems, and the payloads
 * of webhooks. In order of name, so that it only differs where the API does.
 */
export function writeTypes(of: {
  api: ApiDescription
  problems: readonly string[]
  events: readonly { readonly type: string; readonly about: string; readonly schema: Schema }[]
}): string {
  const schemas = Object.entries(of.api.components.schemas).map(
    ([name, schema]) => `${comment(schema.description)}export type ${name} = ${typeOf(schema)}\n`,
  )
  const events = of.events.map(({ about, schema }) => `${comment(about, '  ')}  | ${typeOf(schema)}`)
  return [
    HEAD,
    ...schemas,
    `/** Codes of problems that are explained at \`/api/problems/<code>\`. */\nexport type ProblemCode =\n${of.problems.map((code) => `  | '${code}'`).join('\n')}\n`,
    `/** What a webhook gets, by its \`type\`. */\nexport type WebhookEvent =\n${events.join('\n')}\n`,
    `/** Every route by method and path. */\nexport interface Routes {\n${METHODS.map((method) => routesOf(of.api, method)).join('\n')}\n}\n`,
  ].join('\n')
}

function routesOf({ paths }: ApiDescription, method: string): string {
  const routes = Object.entries(paths)
    .filter(([path]) => path.startsWith(`${PREFIX}/`))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, operations]) => {
      const operation = operations[method]
      return operation
        ? [`${comment(aboutOf(operation), '    ')}    '${path.slice(PREFIX.length)}': ${route(operation)}`]
        : []
    })
  return `  ${method}: {\n${routes.join('\n')}\n  }`
}

const aboutOf = ({ summary = '', 'x-permission': permission = '' }: Operation) =>
  `${summary}. Needs: ${permission === 'signed-in' ? 'any key' : `\`${permission}\``}.`

function route(operation: Operation): string {
  const parts = [
    ...parameters(operation, 'path', 'path'),
    ...parameters(operation, 'query', 'query'),
    ...(operation.parameters?.some(({ name }) => name === 'idempotency-key') ? ['idempotencyKey?: string'] : []),
    ...body(operation),
    `answer: ${answer(operation)}`,
  ]
  return `{ ${parts.join('; ')} }`
}

function parameters({ parameters = [] }: Operation, place: string, name: string): string[] {
  const here = parameters.filter((one) => one.in === place)
  if (here.length === 0) return []
  const isOptional = here.every(({ required }) => !required)
  const fields = here.map((one) => `${key(one.name)}${one.required ? '' : '?'}: ${typeOf(one.schema ?? {})}`)
  return [`${name}${isOptional ? '?' : ''}: { ${fields.join('; ')} }`]
}

function body({ requestBody }: Operation): string[] {
  const { content } = requestBody ?? {}
  if (!content) return []
  const [type, { schema = {} } = {}] = first(content)
  return [`body${requestBody?.required ? '' : '?'}: ${type.startsWith('multipart/') ? 'FormData' : typeOf(schema)}`]
}

function answer({ responses = {} }: Operation): string {
  const { content } = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1] ?? {}
  if (!content) return 'null'
  const [type, { schema = {} } = {}] = first(content)
  return type.includes('json') ? typeOf(schema) : 'Blob'
}

const first = (content: Content) => Object.entries(content)[0] ?? ['', {}]

/** A schema as TypeScript. Formats, patterns and limits are the server's to check. */
export function typeOf(schema: Schema): string {
  if (schema.$ref) return schema.$ref.split('/').at(-1) ?? 'unknown'
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ') || 'never'
  const several = schema.anyOf ?? schema.oneOf
  if (several) return [...new Set(several.map(typeOf))].join(' | ')
  if (schema.allOf) return schema.allOf.map((one) => `(${typeOf(one)})`).join(' & ')
  return [schema.type ?? 'any']
    .flat()
    .map((type) => simple(type, schema))
    .join(' | ')
}

function simple(type: string, schema: Schema): string {
  if (type === 'array') {
    if (schema.prefixItems) return `[${schema.prefixItems.map(typeOf).join(', ')}]`
    return `(${typeOf(schema.items ?? {})})[]`
  }
  if (type === 'object') return object(schema)
  if (type === 'integer') return 'number'
  return type === 'any' ? 'unknown' : type
}

function object({ properties = {}, required = [], additionalProperties }: Schema): string {
  const fields = Object.entries(properties).map(
    ([name, field]) =>
      `${inlineComment(field.description)}${key(name)}${required.includes(name) ? '' : '?'}: ${typeOf(field)}`,
  )
  const rest = typeof additionalProperties === 'object' ? [`[key: string]: ${typeOf(additionalProperties)}`] : []
  if (fields.length + rest.length === 0) return 'object'
  // An index has to admit the named fields too.
  if (fields.length > 0 && rest.length > 0) return `{ ${fields.join('; ')} } & { ${rest.join('')} }`
  return `{ ${[...fields, ...rest].join('; ')} }`
}

const key = (name: string) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name))
const safe = (text: string) => text.replaceAll('*/', '* /').replaceAll(/\s+/g, ' ')
const comment = (text: string | undefined, indent = '') => (text ? `${indent}/** ${safe(text)} */\n` : '')
const inlineComment = (text: string | undefined) => (text ? `/** ${safe(text)} */ ` : '')
