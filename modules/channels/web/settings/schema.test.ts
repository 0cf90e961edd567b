import { expect, test } from 'vitest'
import { presetOf, type Schema, toSend, withoutNulls } from './schema.ts'

const schema: Schema = {
  type: 'object',
  required: ['address'],
  properties: {
    address: { type: 'string' },
    name: { type: 'string' },
    title: { type: 'string', default: '' },
    hosted: { type: 'boolean', default: true },
    smtp: {
      type: 'object',
      properties: { host: { type: 'string' }, password: { type: 'string', default: '', secret: true } },
    },
  },
}

test('a new account begins with what the schema presets', () => {
  expect(presetOf(schema)).toEqual({ title: '', hosted: true })
})

test('an emptied field is forgotten, a switched off group too, a secret that was not touched stays', () => {
  const sent = toSend(schema, {
    address: 'a@b.example',
    name: '',
    title: '',
    smtp: { host: 'mail', password: true },
    unknown: 1,
  })
  expect(sent).toEqual({ address: 'a@b.example', name: null, title: '', smtp: { host: 'mail', password: true } })
  expect(toSend(schema, { smtp: null })).toEqual({ smtp: null })
})

test('a new account has nothing to forget', () => {
  expect(withoutNulls({ name: null, smtp: { host: 'mail', user: null }, fields: [] })).toEqual({
    smtp: { host: 'mail' },
    fields: [],
  })
})
