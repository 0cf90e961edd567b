import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Candidate, chooseOperator, hasRoom, type Queued } from './choose-operator.ts'

const anOperator = (id: string, more: Partial<Candidate> = {}): Candidate => ({
  id,
  name: id,
  capacity: 8,
  teamIds: ['sales'],
  load: 0,
  busyAt: null,
  ...more,
})
const forSales: Queued = { teamId: 'sales', preferredOwnerId: null }

test('the owner comes first, also with more work than others and from another team', () => {
  const present = [anOperator('anna', { load: 7, teamIds: [] }), anOperator('boris')]

  expect(chooseOperator({ ...forSales, preferredOwnerId: 'anna' }, present)).toMatchObject({
    operatorId: 'anna',
    why: { code: 'owner_present', params: { operator: 'anna', load: 7, capacity: 8 } },
  })
})

test('an owner who is full or away does not hold it up', () => {
  const present = [anOperator('anna', { load: 8 }), anOperator('boris')]

  expect(chooseOperator({ ...forSales, preferredOwnerId: 'anna' }, present).operatorId).toBe('boris')
  expect(chooseOperator({ ...forSales, preferredOwnerId: 'vera' }, present).operatorId).toBe('boris')
})

test('the least loaded is meant in proportion to capacity; of equals the one idle longest', () => {
  const anna = anOperator('anna', { load: 2, capacity: 10, busyAt: new Date('2026-11-18T10:00:00Z') })
  const boris = anOperator('boris', { load: 1, capacity: 2, busyAt: new Date('2026-11-18T09:00:00Z') })
  const vera = anOperator('vera', { load: 1, capacity: 5, busyAt: new Date('2026-11-18T08:00:00Z') })

  expect(chooseOperator(forSales, [anna, boris]).operatorId).toBe('anna')
  expect(chooseOperator(forSales, [anna, boris, vera]).operatorId).toBe('vera')
})

test('why somebody waits tells nobody being there from nobody being free', () => {
  const elsewhere = anOperator('anna', { teamIds: ['service'] })

  expect(chooseOperator(forSales, [elsewhere]).why).toEqual({ code: 'nobody_present', params: {} })
  expect(chooseOperator(forSales, [elsewhere, anOperator('boris', { load: 8 })]).why).toEqual({
    code: 'nobody_free',
    params: { present: 1 },
  })
  expect(chooseOperator({ teamId: null, preferredOwnerId: null }, [elsewhere]).operatorId).toBe('anna')
})

const teams = ['sales', 'service', 'north']
const someOperators = fc
  .array(
    fc.record({
      capacity: fc.integer({ min: 0, max: 5 }),
      load: fc.integer({ min: 0, max: 6 }),
      teamIds: fc.subarray(teams),
      busyAt: fc.option(fc.date({ noInvalidDate: true })),
    }),
    { maxLength: 6 },
  )
  .map((list) => list.map((one, i) => anOperator(`o${i}`, one)))
const something: fc.Arbitrary<Queued> = fc.record({
  teamId: fc.option(fc.constantFrom(...teams)),
  preferredOwnerId: fc.option(fc.constantFrom('o0', 'o1', 'o2', 'gone')),
})

test('nothing waits while an eligible operator has room, and nobody gets more than they can hold', () => {
  fc.assert(
    fc.property(someOperators, something, (present, queued) => {
      const { operatorId } = chooseOperator(queued, present)
      const eligible = present.filter(
        (one) =>
          hasRoom(one) &&
          (one.id === queued.preferredOwnerId || queued.teamId === null || one.teamIds.includes(queued.teamId)),
      )
      expect(operatorId !== null).toBe(eligible.length > 0)
      if (operatorId) expect(eligible.map(({ id }) => id)).toContain(operatorId)
    }),
  )
})

test('among equal rights nobody with a larger share of work is chosen, whatever the order of the list', () => {
  fc.assert(
    fc.property(someOperators, fc.constantFrom(...teams), (present, teamId) => {
      const choose = (list: Candidate[]) => chooseOperator({ teamId, preferredOwnerId: null }, list).operatorId
      const chosen = present.find(({ id }) => id === choose(present))
      expect(choose(present.toReversed())).toBe(chosen?.id ?? null)
      if (!chosen) return
      const able = present.filter((one) => hasRoom(one) && one.teamIds.includes(teamId))
      for (const other of able) expect(chosen.load * other.capacity).toBeLessThanOrEqual(other.load * chosen.capacity)
    }),
  )
})
