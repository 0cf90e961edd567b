import type { ChatState } from './chat.ts'
import { h, icon } from './dom.ts'
import { countOf, type Locale, type Texts } from './texts.ts'

export interface Launcher {
  readonly element: HTMLElement
  /** Latest unread answer in two lines, beside the button. */
  readonly peek: HTMLElement
  show(state: ChatState, isOpen: boolean): void
  focus(): void
}

export function createLauncher({ locale, texts }: { locale: Locale; texts: Texts }, on: { toggle(): void }): Launcher {
  const badge = h('span', { class: 'badge', 'aria-hidden': 'true', hidden: true })
  const picture = h('span', {}, icon('chat'))
  const element = h(
    'button',
    { type: 'button', class: 'launcher', 'aria-haspopup': 'dialog', click: on.toggle },
    picture,
    badge,
  )
  const author = h('strong')
  const words = h('span', { class: 'peek-text' })
  let dismissedSeq = 0
  let shownSeq = 0
  const peek = h(
    'div',
    { class: 'peek', hidden: true, role: 'status' },
    h('button', { type: 'button', class: 'peek-open', click: on.toggle }, author, words),
    h('button', { type: 'button', class: 'tool', 'aria-label': texts.close, click: dismiss }, icon('close')),
  )
  function dismiss(): void {
    dismissedSeq = shownSeq
    peek.hidden = true
    element.focus()
  }
  return {
    element,
    peek,
    focus: () => element.focus({ preventScroll: true }),
    show: ({ unread, transcript }, isOpen) => {
      const label = isOpen ? texts.close : texts.open
      element.setAttribute('aria-label', unread > 0 ? `${label}, ${countOf(locale, texts.unread, unread)}` : label)
      element.setAttribute('aria-expanded', String(isOpen))
      element.classList.toggle('open', isOpen)
      if (element.dataset.isOpen !== String(isOpen)) {
        element.dataset.isOpen = String(isOpen)
        picture.replaceChildren(icon(isOpen ? 'down' : 'chat'))
      }
      badge.hidden = unread === 0 || isOpen
      badge.textContent = unread > 99 ? '99+' : String(unread)

      const latest = transcript.entries.at(-1)
      const isNews = unread > 0 && !isOpen && latest?.direction === 'out' && latest.seq > dismissedSeq
      peek.hidden = !isNews
      if (!isNews || latest.seq === shownSeq) return
      shownSeq = latest.seq
      author.textContent = latest.author ?? texts.somebody
      words.textContent = latest.text || (latest.files[0]?.name ?? '')
    },
  }
}
