type Child = Node | string | null | undefined | false

/** An element with attributes, listeners and children. Text goes in as text: nothing here reads markup. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string | boolean | undefined | ((event: Event) => void)> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value)
    else if (value === true) element.setAttribute(name, '')
    else if (value !== undefined && value !== false) element.setAttribute(name, value)
  }
  element.append(
    ...children.filter(
      (child): child is Node | string => child instanceof Node || (typeof child === 'string' && child !== ''),
    ),
  )
  return element
}

const SVG = 'http://www.w3.org/2000/svg'

const PATHS = {
  chat: 'M4 5.5h16v11H10.5L6 20v-3.5H4z',
  close: 'M6 6l12 12M18 6L6 18',
  down: 'M6 9.5l6 6 6-6',
  send: 'M5 12h13M12.5 6l6 6-6 6',
  clip: 'M18.5 11.5l-6.9 6.9a4.2 4.2 0 0 1-6-6l7.4-7.3a2.8 2.8 0 0 1 4 4l-7.3 7.3a1.4 1.4 0 0 1-2-2l6.4-6.3',
  file: 'M7 3.5h7l4 4v13H7zM13.5 3.5V8H18',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  clock: 'M12 7.5V12l3 2M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18z',
  alert: 'M12 8v5M12 16.2v.1M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18z',
  mail: 'M4 6.5h16v11.5H4zM4 7l8 6 8-6',
} as const

/** A line drawing that says nothing to screen readers: the element around it has a name. */
export function icon(name: keyof typeof PATHS): SVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  const path = document.createElementNS(SVG, 'path')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  path.setAttribute('d', PATHS[name])
  svg.append(path)
  return svg
}
