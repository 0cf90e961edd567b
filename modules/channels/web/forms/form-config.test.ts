import { expect, test } from 'vitest'
import { usualFields } from '#modules/channels/contract'
import { configOfDraft, draftOf, moved, newField, retyped, versionOf } from './form-config.ts'

const preset = { locale: 'ru', timeZone: 'Asia/Omsk' } as const

test('a new form asks for the usual things, and for consent', () => {
  const draft = draftOf(undefined, preset)
  expect(draft.fields.map(({ key }) => key)).toEqual(['name', 'email', 'message'])
  expect(draft.consent?.version).toBe(1)
  expect(draft.slots.timeZone).toBe('Asia/Omsk')
})

test('a stored form without consent gets none by being opened', () => {
  expect(draftOf({ type: 'callback' }, preset).consent).toBeNull()
})

test('the version rises with the words and only with them', () => {
  expect(versionOf('Да', null)).toBe(1)
  expect(versionOf('Да ', { text: 'Да', version: 4 })).toBe(4)
  expect(versionOf('Да!', { text: 'Да', version: 4 })).toBe(5)
})

test('another type or language takes along only what nobody touched', () => {
  const draft = draftOf(undefined, preset)
  expect(retyped(draft, { type: 'callback' }).fields).toEqual(usualFields({ type: 'callback', locale: 'ru' }))
  expect(retyped(draft, { locale: 'en' }).consent?.text).not.toMatch(/[а-я]/)
  const own = { ...draft, fields: [newField([], 'Размер')] }
  expect(retyped(own, { locale: 'en' }).fields).toEqual(own.fields)
})

test('a new field has a key of its own, and fields change places', () => {
  const first = newField([], 'А')
  const second = newField([first], 'Б')
  const third = newField([second], 'В')
  expect(new Set([first.key, second.key, third.key]).size).toBe(3)
  expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b'])
  expect(moved(['a', 'b', 'c'], 0, -1)).toEqual(['a', 'b', 'c'])
  expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'b', 'c'])
})

test('choices travel only with a field that has them', () => {
  const draft = draftOf(undefined, preset)
  const [name] = draft.fields
  if (!name) throw new Error('no field')
  const config = configOfDraft({ ...draft, fields: [{ ...name, choices: ['да'] }], consent: null }, null)
  expect(config).toMatchObject({ fields: [{ key: 'name', choices: [] }], consent: null })
})
