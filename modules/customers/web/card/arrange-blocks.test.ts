import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arrangeBlocks, orderBlocks } from './arrange-blocks.ts'

const named = (ids: string) => [...ids].map((id) => ({ id }))
const laid = (ids: string) => [...ids].map((id) => ({ id: id.toLowerCase(), isHidden: id !== id.toLowerCase() }))
const shown = (natural: string, layout: string | null) =>
  arrangeBlocks(named(natural), layout === null ? null : laid(layout))
    .map(({ id }) => id)
    .join('')

describe('the blocks of a card', () => {
  test.each([
    ['abc', null, 'abc'],
    ['abc', 'cba', 'cba'],
    ['abc', 'cBa', 'ca'],
    // What came after the layout was made stands behind its natural neighbour, also behind a hidden one.
    ['abxc', 'cba', 'cbxa'],
    ['abxc', 'cBa', 'cxa'],
    ['xabc', 'cba', 'xcba'],
    ['axyb', 'ba', 'baxy'],
    // What is gone is passed over.
    ['ac', 'cba', 'ca'],
    ['ab', '', 'ab'],
  ])('%s laid out as %s are %s', (natural, layout, expected) => {
    expect(shown(natural, layout)).toBe(expected)
  })

  test('are each there once, whatever the layout', () => {
    const ids = fc.uniqueArray(fc.constantFrom(...'abcdefgh'))
    fc.assert(
      fc.property(ids, fc.uniqueArray(fc.constantFrom(...'abcdefghXYZ')), (natural, layout) => {
        const blocks = natural.map((id) => ({ id }))
        const ordered = orderBlocks(
          blocks,
          layout.map((id) => ({ id, isHidden: false })),
        )
        expect(ordered.map(({ block }) => block.id).toSorted()).toEqual(natural.toSorted())
      }),
      { numRuns: 200 },
    )
  })
})
