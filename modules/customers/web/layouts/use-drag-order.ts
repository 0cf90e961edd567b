import { type PointerEvent, type RefObject, useState } from 'react'

/**
 * Lets rows of a list be dragged by a handle, with a mouse, a pen or a finger: a row changes places with its neighbour as soon as the pointer has
 * passed the neighbour's middle. Keyboards use the buttons beside it.
 */
export function useDragOrder(list: RefObject<HTMLElement | null>, move: (from: number, to: number) => void) {
  const [dragged, setDragged] = useState<number | null>(null)
  const middleOf = (at: number): number | null => {
    const box = list.current?.children[at]?.getBoundingClientRect()
    return box ? box.top + box.height / 2 : null
  }
  const follow = (y: number) => {
    if (dragged === null) return
    const [above, below] = [middleOf(dragged - 1), middleOf(dragged + 1)]
    const to = above !== null && y < above ? dragged - 1 : below !== null && y > below ? dragged + 1 : dragged
    if (to === dragged) return
    move(dragged, to)
    setDragged(to)
  }
  const handle = (at: number) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return
      // Rows change places under the pointer: the list hears it to the end, whichever row it is over.
      list.current?.setPointerCapture(event.pointerId)
      setDragged(at)
    },
  })
  const heard = {
    onPointerMove: (event: PointerEvent<HTMLElement>) => follow(event.clientY),
    onPointerUp: () => setDragged(null),
    onPointerCancel: () => setDragged(null),
  }
  return { dragged, handle, heard }
}
