import type { HttpServer } from '#platform/server/http'
import { nameSchemas } from './name-schemas.ts'
import { problemPages } from './problem-pages.ts'

/** The parts of an OpenAPI 3.1 document that the reference shows. */
interface Operation {
  summary?: string
  description?: string
  'x-permission'?: string
  tags?: string[]
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: Schema }[]
  requestBody?: { content?: Record<string, { schema?: Schema }> }
  responses?: Record<string, { description?: string; content?: Record<string, { schema?: Schema }> }>
}
interface Schema {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  format?: string
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  anyOf?: Schema[]
  description?: string
  additionalProperties?: Schema | boolean
}

interface Description {
  paths?: Record<string, Record<string, Operation>>
  components?: { schemas?: Record<string, Schema> }
}

/** The API's description: `/api/openapi.json` for machines, `/api/docs` and a page for each problem for people. One page without scripts, so it works under any policy. */
export function apiDocs(http: HttpServer) {
  nameSchemas()
  problemPages(http)
  http.get('/api/openapi.json', { config: { access: 'public' }, schema: { hide: true } }, async () => http.swagger())

  let page: string | undefined
  http.get('/api/docs', { config: { access: 'public' }, schema: { hide: true } }, async (_request, reply) => {
    page ??= render(http.swagger() as Description)
    return reply.type('text/html; charset=utf-8').send(page)
  })
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete']

function render(document: Description): string {
  const schemas = document.components?.schemas ?? {}
  const groups = new Map<string, { method: string; path: string; operation: Operation }[]>()
  for (const [path, methods] of Object.entries(document.paths ?? {})) {
    for (const method of METHODS) {
      const operation = methods[method]
      if (!operation) continue
      const group = operation.tags?.[0] ?? 'other'
      groups.set(group, [...(groups.get(group) ?? []), { method, path, operation }])
    }
  }
  const sorted = [...groups].sort(([a], [b]) => a.localeCompare(b))
  const contents = sorted.map(([group]) => `<a href="#${escapeHtml(group)}">${escapeHtml(group)}</a>`).join(' · ')
  const sections = sorted.map(
    ([group, operations]) =>
      `<section id="${escapeHtml(group)}"><h2>${escapeHtml(group)}</h2>${operations.map((one) => renderOperation(one, schemas)).join('')}</section>`,
  )
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Okno API</title><style>${STYLE}</style></head><body><h1>Okno API</h1>
<p>Send <code>Authorization: Bearer &lt;key&gt;</code> (keys are made in settings) or the session cookie. Lists answer
<code>{items, nextCursor}</code>; pass <code>nextCursor</code> as <code>cursor</code> for the next page. Errors are
<code>application/problem+json</code> (RFC 9457) with a stable <code>code</code>. For machines: <a href="/api/openapi.json">openapi.json</a>.</p>
<nav>${contents}</nav>${sections.join('')}</body></html>`
}

function renderOperation(
  { method, path, operation }: { method: string; path: string; operation: Operation },
  schemas: Record<string, Schema>,
): string {
  const parameters = (operation.parameters ?? []).map(
    ({ name, in: place, required, schema, description }) =>
      `<tr><td><code>${escapeHtml(name)}</code>${required ? ' *' : ''}</td><td>${escapeHtml(place)}</td><td>${escapeHtml(typeOf(schema))}</td><td>${escapeHtml(description ?? schema?.description ?? '')}</td></tr>`,
  )
  const bodies = Object.entries(operation.requestBody?.content ?? {}).map(
    ([type, { schema }]) =>
      `<h4>Body <small>${escapeHtml(type)}</small></h4><pre>${escapeHtml(outline(schema, schemas))}</pre>`,
  )
  const answers = Object.entries(operation.responses ?? {}).map(([status, { content }]) => {
    // Every route refuses in the same form: the head of the page tells it.
    if (status === 'default') return ''
    const schema = Object.values(content ?? {})[0]?.schema
    return schema ? `<h4>Answer ${escapeHtml(status)}</h4><pre>${escapeHtml(outline(schema, schemas))}</pre>` : ''
  })
  return `<details><summary><b class="${method}">${method.toUpperCase()}</b> <code>${escapeHtml(path)}</code> <span>${escapeHtml(operation.summary ?? '')}</span></summary>
<p>Needs: ${escapeHtml(operation['x-permission'] ?? 'public')}</p>${operation.description ? `<p>${escapeHtml(operation.description)}</p>` : ''}
${parameters.length > 0 ? `<table><tr><th>Parameter</th><th>In</th><th>Type</th><th></th></tr>${parameters.join('')}</table>` : ''}${bodies.join('')}${answers.join('')}</details>`
}

function typeOf(schema: Schema | undefined): string {
  if (!schema) return ''
  if (schema.$ref) return schema.$ref.split('/').at(-1) ?? ''
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' | ')
  if (schema.type === 'array') return `${typeOf(schema.items)}[]`
  return [[schema.type ?? 'any'].flat().join(' | '), schema.format].filter(Boolean).join(' ')
}

/** A schema as an indented list of fields, four levels deep: enough to write a call without opening the JSON. */
function outline(schema: Schema | undefined, schemas: Record<string, Schema>, depth = 0): string {
  if (!schema || depth > 4) return ''
  const resolved = (one: Schema) => (one.$ref ? (schemas[one.$ref.split('/').at(-1) ?? ''] ?? one) : one)
  const whole = resolved(schema)
  const target = whole.type === 'array' && whole.items ? resolved(whole.items) : whole
  if (!target.properties) return depth === 0 ? typeOf(schema) : ''
  return Object.entries(target.properties)
    .map(([name, field]) => {
      const mark = target.required?.includes(name) ? '' : '?'
      const inner = outline(field.type === 'array' ? field.items : (field.anyOf?.[0] ?? field), schemas, depth + 1)
      return `${'  '.repeat(depth)}${name}${mark}: ${typeOf(field)}${inner ? `\n${inner}` : ''}`
    })
    .join('\n')
}

const escapeHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const STYLE = `:root{color-scheme:light dark;font:15px/1.5 system-ui,sans-serif}body{max-width:60rem;margin:2rem auto;padding:0 1rem}
details{border-bottom:1px solid #8884;padding:.4rem 0}summary{cursor:pointer}summary span{opacity:.75}pre{overflow:auto;padding:.75rem;background:#8881;border-radius:6px}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.2rem .5rem;vertical-align:top}b{display:inline-block;min-width:4.2rem;font-family:monospace}
h2{margin-top:2rem}nav{margin:1rem 0}`
