import { expect, test } from 'vitest'
import type { IdentityWire } from '../customers-api.ts'
import { eachOnce } from './each-once.ts'

const phone = (value: string, proven: boolean, source: string, kind: IdentityWire['kind'] = 'phone'): IdentityWire => ({
  id: source,
  kind,
  scope: '',
  value,
  proven,
  shared: false,
  personId: 'card',
  evidence: [{ source, at: '2026-11-23T10:00:00Z' }],
  firstSeenAt: '2026-11-23T10:00:00Z',
  lastSeenAt: '2026-11-23T10:00:00Z',
})

test('what two joined cards hold is told once, as the surest, with what speaks for both', () => {
  const told = eachOnce([
    phone('+79120001122', false, 'operator'),
    phone('+79120001133', false, 'form'),
    phone('+79120001122', true, 'call'),
  ])

  expect(told.map(({ value, proven }) => [value, proven])).toEqual([
    ['+79120001122', true],
    ['+79120001133', false],
  ])
  expect(told[0]?.evidence.map(({ source }) => source)).toEqual(['call', 'operator'])
})

test('the same word as another kind is another address', () => {
  expect(eachOnce([phone('1122', false, 'a'), phone('1122', false, 'b', 'external')])).toHaveLength(2)
})
