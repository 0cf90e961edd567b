import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { answerCompiler, datesOf } from './answer-json.ts'

const at = new Date('2026-11-22T08:15:30.007Z')
const person = z.object({
  id: z.string(),
  createdAt: z.date(),
  seenAt: z.date().nullable(),
  leftAt: z.date().optional(),
  identities: z.array(z.object({ value: z.string(), at: z.date() })),
  last: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('said'), at: z.date() }),
    z.object({ kind: z.literal('none') }),
  ]),
  days: z.record(z.string(), z.date()),
  custom: z.unknown(),
})
const page = z.object({ items: z.array(person), next: z.string().nullable() })
const someone = (more: object = {}) => ({
  id: 'a',
  createdAt: at,
  seenAt: null,
  identities: [{ value: 'olga@mail.example', at }],
  last: { kind: 'said', at },
  days: { monday: at },
  custom: { when: at },
  ...more,
})
const write = answerCompiler({ schema: page, method: 'GET', url: '/people' })

describe('an answer', () => {
  it('is written as its schema describes it, with dates in ISO 8601', () => {
    const answer = { items: [someone(), someone({ seenAt: at, leftAt: at, last: { kind: 'none' } })], next: null }
    expect(JSON.parse(write(answer))).toEqual(JSON.parse(JSON.stringify(answer)))
    expect(JSON.parse(write(answer)).items[1]).toMatchObject({ seenAt: at.toISOString(), last: { kind: 'none' } })
  })

  it('leaves what it was given as it was', () => {
    const answer = { items: [someone()], next: null }
    write(answer)
    expect(answer).toEqual({ items: [someone()], next: null })
  })

  it('tells nothing that the schema does not', () => {
    expect(JSON.parse(write({ items: [someone({ secret: 1 })], next: null })).items[0]).not.toHaveProperty('secret')
  })

  it('has its dates turned before it is written', () => {
    const turned = {
      createdAt: at.toISOString(),
      identities: [{ at: at.toISOString() }],
      last: { at: at.toISOString() },
    }
    expect(datesOf(person)?.(someone())).toMatchObject(turned)
    expect(datesOf(z.object({ a: z.string() }))).toBeUndefined()
  })

  it('that does not fit is refused', () => {
    expect(() => write({ items: [someone({ createdAt: 'today' })], next: null })).toThrow(/Response doesn't match/)
  })
})
