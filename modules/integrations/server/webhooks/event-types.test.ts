import { expect, test } from 'vitest'
import * as access from '#modules/access/contract'
import * as channels from '#modules/channels/contract'
import * as customers from '#modules/customers/contract'
import * as inbox from '#modules/inbox/contract'
import * as integrations from '#modules/integrations/contract'
import * as objects from '#modules/objects/contract'
import { eventTypes, INNER_EVENTS, publicEvents } from './event-types.ts'

const isEvent = (value: unknown): value is { name: string } =>
  typeof value === 'object' &&
  value !== null &&
  'name' in value &&
  'data' in value &&
  /^\w+\.\w+$/.test(String(value.name))

test('every event of every module is public, or inner for a reason', () => {
  const doors: object[] = [access, channels, customers, inbox, integrations, objects]
  const all = doors.flatMap((door) => Object.values(door).filter(isEvent)).map(({ name }) => name)

  expect(all.length).toBeGreaterThan(12)
  expect([...publicEvents.keys(), ...Object.keys(INNER_EVENTS)].sort()).toEqual([...new Set(all)].sort())
})

test('each type has a schema of its payload', () => {
  for (const { type, about, schema } of eventTypes()) {
    expect(about, type).toMatch(/^[A-Z].*\.$/)
    expect(schema, type).toMatchObject({ properties: { type: { const: type }, data: { type: 'object' } } })
  }
})
