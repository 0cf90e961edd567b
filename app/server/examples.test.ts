import { expect, test } from 'vitest'
import { apiDescription } from '../../scripts/client/api-description.ts'
import { examples } from './examples.ts'

test('every example of the API is a body that it takes', () => {
  for (const [schema, body] of examples)
    expect(schema.safeParse(body).error?.issues ?? [], JSON.stringify(body)).toEqual([])
})

test('bodies of the main operations come with an example', async () => {
  const { paths, components } = await apiDescription()
  const main =
    /^\/api\/v1\/(people|companies|conversations|messages|objects|views|conditions|merges|imports|exports|webhooks)\b/
  const shown = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { requestBody }]) => {
      const ref = requestBody?.content?.['application/json']?.schema?.$ref?.split('/').at(-1)
      const hasOne = ref !== undefined && 'examples' in (components.schemas[ref] ?? {})
      return main.test(path) && hasOne ? [`${method.toUpperCase()} ${path.slice('/api/v1'.length)}`] : []
    }),
  )

  expect(shown).toEqual(
    expect.arrayContaining([
      'POST /people',
      'PATCH /people/{id}',
      'POST /companies',
      'POST /conversations',
      'PATCH /conversations/{id}',
      'POST /conversations/{id}/replies',
      'POST /conditions/check',
      'POST /objects',
      'POST /objects/{key}/fields',
      'POST /objects/{key}/records',
      'POST /views',
      'POST /merges',
      'PATCH /imports/{id}',
      'POST /exports',
      'POST /webhooks',
    ]),
  )
})
