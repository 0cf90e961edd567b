import { useLayoutEffect, useState } from 'react'

/** The box in which an element scrolls, and how far below its top the element begins; both null until it stands. */
export function useOwnScroll(element: HTMLElement | null): { scroller: HTMLElement | null; margin: number } {
  const [place, setPlace] = useState<{ scroller: HTMLElement | null; margin: number }>({ scroller: null, margin: 0 })
  useLayoutEffect(() => {
    if (!element) return
    const scroller = scrollerOf(element)
    const measure = () => {
      const top = element.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop
      const margin = Math.round(top)
      setPlace((before) => (before.scroller === scroller && before.margin === margin ? before : { scroller, margin }))
    }
    measure()
    // Blocks above grow and shrink.
    const watch = new ResizeObserver(measure)
    for (const child of scroller.children) watch.observe(child)
    return () => watch.disconnect()
  }, [element])
  return place
}

function scrollerOf(element: HTMLElement): HTMLElement {
  for (let box = element.parentElement; box; box = box.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(box).overflowY)) return box
  }
  return document.documentElement
}
