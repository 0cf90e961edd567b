import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Field } from '#platform/shared/objects/object'
import { moved, nextCell } from './grid-moves.ts'
import { columnsOf, keptColumns, movedColumn, readColumns, resizedColumn, writeColumns } from './list-columns.ts'
import { everyOf, extended, isChosen, NOTHING, toggled } from './selection.ts'

const bounds = { lines: 10, columns: 4, page: 3 }
const press = (key: string, ctrlKey = false) => ({ key, ctrlKey, metaKey: false })

describe('keys in a grid', () => {
  test.each([
    ['ArrowUp', false, { line: -1, column: 2 }],
    ['ArrowDown', true, { line: 9, column: 2 }],
    ['ArrowLeft', false, { line: 0, column: 1 }],
    ['End', false, { line: 0, column: 3 }],
    ['Home', true, { line: 0, column: 0 }],
    ['End', true, { line: 9, column: 3 }],
    ['PageDown', false, { line: 3, column: 2 }],
  ])('%s leads where tables lead', (key, ctrlKey, place) => {
    expect(moved({ line: 0, column: 2 }, press(key, ctrlKey), bounds)).toEqual(place)
  })

  test('no key leads out of the grid', () => {
    const keys = fc.constantFrom('ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown')
    const places = fc.record({ line: fc.integer({ min: -1, max: 9 }), column: fc.integer({ min: 0, max: 3 }) })
    fc.assert(
      fc.property(places, keys, fc.boolean(), (place, key, isFar) => {
        const { line, column } = moved(place, press(key, isFar), bounds) ?? place
        return line >= -1 && line < 10 && column >= 0 && column < 4
      }),
      { numRuns: 200 },
    )
  })

  test('filling in goes on in the next line, past the box that chooses', () => {
    expect(nextCell({ line: 1, column: 3 }, false, bounds)).toEqual({ line: 2, column: 1 })
    expect(nextCell({ line: 1, column: 1 }, true, bounds)).toEqual({ line: 0, column: 3 })
    expect(nextCell({ line: 9, column: 3 }, false, bounds)).toBeNull()
  })
})

describe('columns', () => {
  const field = (key: string, type: Field['type'] = 'text') => ({ key, type }) as Field
  const described = { title: 'name', fields: [field('city'), field('name'), field('custom.size', 'number')] }

  test('begin with the name and leave out what the reader does not know', () => {
    const columns = columnsOf([{ field: 'city', width: 90 }, { field: 'gone' }, { field: 'custom.size' }], described)
    expect(columns.map((column) => [column.field.key, column.width])).toEqual([
      ['name', 280],
      ['city', 90],
      ['custom.size', 120],
    ])
    expect(readColumns(writeColumns(keptColumns(columns)))).toEqual([
      { field: 'name' },
      { field: 'city', width: 90 },
      { field: 'custom.size' },
    ])
  })

  test('are moved and widened within bounds, the name stays first', () => {
    const columns = columnsOf([{ field: 'city' }, { field: 'custom.size' }], described)
    const keys = (some: readonly { field: { key: string } }[]) => some.map((one) => one.field.key)
    expect(keys(movedColumn(columns, 2, 1))).toEqual(['name', 'custom.size', 'city'])
    expect(keys(movedColumn(columns, 1, 0))).toEqual(['name', 'city', 'custom.size'])
    expect(resizedColumn(columns, 1, 5)[1]?.width).toBe(60)
    expect(readColumns('name:9999,city:x,city,')).toEqual([{ field: 'name' }, { field: 'city' }])
  })
})

describe('chosen rows', () => {
  const order = ['a', 'b', 'c', 'd']

  test('are ticked one by one, in a range from the last tick, or all', () => {
    const one = toggled(NOTHING, 'b')
    const range = extended(one, 'd', order)
    expect([...range.ids].toSorted()).toEqual(['b', 'c', 'd'])
    expect([...extended(one, 'a', order).ids].toSorted()).toEqual(['a', 'b'])
    expect([...toggled(range, 'c').ids].toSorted()).toEqual(['b', 'd'])
    expect([...extended(toggled(NOTHING, 'b'), 'a', ['a', 'd', 'c', 'b', 'a']).ids].toSorted()).toEqual(['a', 'b'])
    expect(everyOf(order).ids.size).toBe(4)
  })

  test('of all that are found, one that is touched begins anew', () => {
    const all = { ...everyOf(order), isAll: true }
    expect(isChosen(all, 'not loaded')).toBe(true)
    expect([...toggled(all, 'c').ids]).toEqual(['c'])
  })
})
