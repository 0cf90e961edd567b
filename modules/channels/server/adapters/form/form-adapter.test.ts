import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { adapterContract, anOutgoingMessage, memoryIo } from '../adapter-contract.ts'
import { fieldsOf, formConfig } from './config.ts'
import { form } from './index.ts'

adapterContract(form, {
  config: { type: 'callback' },
  secrets: [],
  fixtures: fileURLToPath(new URL('./fixtures', import.meta.url)),
})

test('a form is not answered by itself', async () => {
  await expect(form.open({}, memoryIo()).send(anOutgoingMessage())).rejects.toMatchObject({
    reason: 'rejected',
    outcome: 'not_sent',
    message: 'A form cannot be answered. Answer by e-mail or by phone.',
  })
})

describe('settings', () => {
  const problem = (config: object) => formConfig.safeParse(config).error?.issues[0]?.message
  const field = { key: 'a', label: 'A' }

  test('an empty form asks what its kind needs, in its language', () => {
    const labels = (config: object) => fieldsOf(formConfig.parse(config)).map(({ label }) => label)
    expect(labels({})).toEqual(['Имя', 'E-mail', 'Сообщение'])
    expect(labels({ type: 'callback', locale: 'en' })).toEqual(['Name', 'Phone'])
  })

  test('what could not work is refused', () => {
    expect(problem({ fields: [field, field] })).toBe('every key once')
    expect(problem({ fields: [{ ...field, type: 'choice' }] })).toBe('a choice needs choices')
    expect(problem({ slots: { timeZone: 'Moscow' } })).toMatch(/must be a time zone/)
    expect(problem({ allowedOrigins: ["https://a.example; script-src 'unsafe-inline'"] })).toMatch(/must look like/)
    expect(problem({ accent: 'red;}body{display:none' })).toMatch(/must look like/)
    expect(problem({ fields: [{ key: '_id', label: 'x' }] })).toBeTruthy()
  })
})
