import { expect, test } from 'vitest'
import { packedRow } from './packed-row.ts'

const pet = packedRow<{ name: string; bornAt: Date }>((column) => ({
  name: column.plain('x.name'),
  bornAt: column.moment('x.born_at'),
}))
const owner = packedRow<{ name: string; pets: { name: string; bornAt: Date }[]; city: string | null }>((column) => ({
  name: column.plain('o.name'),
  pets: column.rows(pet, { from: 'from pets x where x.owner = o.id', order: 'x.name' }),
  city: column.plain('o.city'),
}))

test('a row is asked for as one array of its columns', () => {
  expect(owner.asked).toBe(
    "json_build_array(o.name, (select coalesce(json_agg(json_build_array(x.name, round(date_part('epoch', x.born_at) * 1000000)) " +
      "order by x.name), '[]') from pets x where x.owner = o.id), o.city)",
  )
})

test('what came is read by the names under which it was asked for', () => {
  expect(owner.read(['Анна', [['Рекс', 1_700_000_000_123_456]], null])).toEqual({
    name: 'Анна',
    pets: [{ name: 'Рекс', bornAt: new Date('2023-11-14T22:13:20.123Z') }],
    city: null,
  })
})
