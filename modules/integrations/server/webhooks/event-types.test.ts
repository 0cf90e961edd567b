import { expect, test } from 'vitest'
import { eventTypes } from './event-types.ts'

test('each type has a schema of its payload', () => {
  for (const { type, about, schema } of eventTypes()) {
    expect(about, type).toMatch(/^[A-Z].*\.$/)
    expect(schema, type).toMatchObject({ properties: { type: { const: type }, data: { type: 'object' } } })
  }
})
