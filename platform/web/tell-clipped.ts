/**
 * Text that ends in dots because its place is too narrow (`okno-clip`) is told whole under the pointer. One listener for all: whether something
 * is cut is known only once it is laid out, and columns change their width.
 */
export function tellClipped(root: Document): void {
  root.addEventListener('mouseover', ({ target }) => {
    const cut = target instanceof Element ? target.closest('.okno-clip') : null
    if (!(cut instanceof HTMLElement)) return
    const isOwn = 'clipped' in cut.dataset
    if (cut.title !== '' && !isOwn) return
    if (cut.scrollWidth > cut.clientWidth) {
      cut.title = cut.textContent
      cut.dataset.clipped = ''
    } else if (isOwn) {
      cut.removeAttribute('title')
      delete cut.dataset.clipped
    }
  })
}
