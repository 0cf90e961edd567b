import type { LaidOutBlock } from '#modules/customers/contract'

interface Named {
  readonly id: string
}

/**
 * Blocks in the order of a layout, the hidden ones last in `hidden`. `natural`: the blocks there are, in the order in which they stand by
 * themselves. One that the layout does not name stands behind its natural neighbour; an id that nobody knows any more is passed over.
 */
export function arrangeBlocks<Block extends Named>(
  natural: readonly Block[],
  layout: readonly LaidOutBlock[] | null,
): readonly Block[] {
  return orderBlocks(natural, layout).flatMap(({ block, isHidden }) => (isHidden ? [] : [block]))
}

/** As `arrangeBlocks`, with those that are hidden on their places. */
export function orderBlocks<Block extends Named>(
  natural: readonly Block[],
  layout: readonly LaidOutBlock[] | null,
): { block: Block; isHidden: boolean }[] {
  const byId = new Map(natural.map((block) => [block.id, block]))
  const ordered = (layout ?? []).flatMap(({ id, isHidden }) => {
    const block = byId.get(id)
    return block ? [{ block, isHidden }] : []
  })
  for (const [place, block] of natural.entries()) {
    if (ordered.some((one) => one.block.id === block.id)) continue
    const before = natural[place - 1]
    const at = before ? ordered.findIndex((one) => one.block.id === before.id) : -1
    ordered.splice(at + 1, 0, { block, isHidden: false })
  }
  return ordered
}
