import type { Chat, ChatState } from './chat.ts'
import { createComposer } from './composer.ts'
import { h, icon } from './dom.ts'
import { createEmailCard } from './email-card.ts'
import { createLog } from './log-view.ts'
import { fill, type Locale, type Texts } from './texts.ts'

export interface Panel {
  readonly element: HTMLElement
  readonly isOpen: boolean
  open(): void
  close(): void
  show(state: ChatState): void
}

/** Only the phone's layout covers the page. The same width stands in the style. */
const PHONE = '(max-width: 480px)'

export function createPanel(
  chat: Chat,
  context: { server: string; locale: Locale; texts: Texts },
  on: { closed(): void },
): Panel {
  const { texts } = context
  let isOpen = false
  const title = h('h2', { class: 'title', id: 'okno-title' })
  const status = h('p', { class: 'status' })
  const faces = h('div', { class: 'faces', 'aria-hidden': 'true' })
  const banner = h('div', { class: 'banner', role: 'status', hidden: true }, texts.offline)
  const drop = h('div', { class: 'drop', hidden: true }, texts.drop)
  const email = createEmailCard(texts, { leave: chat.leaveEmail, decline: chat.declineEmail })
  const log = createLog(context, {
    older: () => void chat.loadOlder(),
    retry: chat.retry,
    scrolled: tellOnScreen,
    extra: email.element,
  })
  const composer = createComposer(
    { config: chat.state.config, ...context },
    { send: chat.say, upload: chat.upload, typing: chat.typing, draft: chat.draft },
  )
  const element = h(
    'div',
    { class: 'panel', role: 'dialog', 'aria-labelledby': 'okno-title', tabindex: '-1' },
    h(
      'div',
      { class: 'header' },
      faces,
      h('div', { class: 'who' }, title, status),
      h(
        'button',
        { type: 'button', class: 'tool', 'aria-label': texts.close, title: texts.close, click: close },
        icon('close'),
      ),
    ),
    banner,
    log.element,
    composer.element,
    drop,
  )
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close()
    else if (event.key === 'Tab' && matchMedia(PHONE).matches) keepFocusInside(event)
    // What is typed here is no shortcut of the page.
    event.stopPropagation()
  })
  takeDroppedFiles()
  document.addEventListener('visibilitychange', tellOnScreen)
  window.visualViewport?.addEventListener('resize', fitToKeyboard)
  window.visualViewport?.addEventListener('scroll', fitToKeyboard)

  function open(): void {
    if (isOpen) return
    isOpen = true
    log.markUnread(chat.state.unread > 0 ? chat.state.readSeq : null)
    element.classList.add('open')
    element.setAttribute('aria-modal', String(matchMedia(PHONE).matches))
    if (matchMedia(PHONE).matches) document.documentElement.style.overflow = 'hidden'
    chat.start()
    show(chat.state)
    fitToKeyboard()
    log.scrollToEnd()
    composer.focus()
    tellOnScreen()
  }

  function close(): void {
    if (!isOpen) return
    isOpen = false
    element.classList.remove('open')
    document.documentElement.style.overflow = ''
    log.markUnread(null)
    chat.setOnScreen(false)
    on.closed()
  }

  function show(state: ChatState): void {
    const { config } = state
    const names = config.agents.join(', ')
    title.textContent = config.title ?? texts.title
    const presence = names ? fill(texts.here, { names }) : texts.hereNobodyNamed
    const line = config.isSomebodyHere ? presence : (config.hours ?? texts.awayShort)
    if (status.textContent !== line) {
      status.replaceChildren(
        ...(config.isSomebodyHere ? [h('span', { class: 'dot', 'aria-hidden': 'true' })] : []),
        line,
      )
    }
    if (faces.dataset.names !== names) {
      faces.dataset.names = names
      faces.replaceChildren(
        ...(names ? config.agents.map((name) => h('span', { class: 'face' }, name.slice(0, 1))) : [chatFace()]),
      )
    }
    banner.hidden = state.isConnected || !state.isStarted || !isLongOffline(state)
    email.show(state)
    log.show(state)
    tellOnScreen()
  }

  let offlineSinceMs = 0
  /** A break of a second is nobody's business. */
  function isLongOffline({ isConnected }: ChatState): boolean {
    if (isConnected) offlineSinceMs = 0
    else if (offlineSinceMs === 0) {
      offlineSinceMs = Date.now()
      setTimeout(() => show(chat.state), OFFLINE_SHOWN_MS)
    }
    return offlineSinceMs > 0 && Date.now() - offlineSinceMs >= OFFLINE_SHOWN_MS
  }

  function tellOnScreen(): void {
    if (isOpen) chat.setOnScreen(document.visibilityState === 'visible' && log.isAtEnd)
  }

  function keepFocusInside(event: KeyboardEvent): void {
    const root = element.getRootNode() as ShadowRoot // the panel always stands in the widget's shadow root
    const reachable = [...element.querySelectorAll<HTMLElement>('button, a, input, textarea, [tabindex="0"]')].filter(
      (one) => one.offsetParent !== null && one.tabIndex >= 0,
    )
    const [first, last] = [reachable[0], reachable.at(-1)]
    const isAtEdge = root.activeElement === (event.shiftKey ? first : last)
    if (!isAtEdge) return
    event.preventDefault()
    ;(event.shiftKey ? last : first)?.focus()
  }

  function takeDroppedFiles(): void {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
    element.addEventListener('dragover', (event) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      drop.hidden = false
    })
    element.addEventListener('dragleave', (event) => {
      if (!element.contains(event.relatedTarget as Node | null)) drop.hidden = true
    })
    element.addEventListener('drop', (event) => {
      drop.hidden = true
      if (!hasFiles(event)) return
      event.preventDefault()
      composer.attach(event.dataTransfer?.files ?? [])
    })
  }

  /** A phone's keyboard covers the page without making it smaller. */
  function fitToKeyboard(): void {
    const viewport = window.visualViewport
    const isPhone = viewport && matchMedia(PHONE).matches
    element.style.height = isPhone ? `${viewport.height}px` : ''
    element.style.top = isPhone ? `${viewport.offsetTop}px` : ''
  }

  return {
    element,
    open,
    close,
    show,
    get isOpen() {
      return isOpen
    },
  }
}

const OFFLINE_SHOWN_MS = 2500

function chatFace(): HTMLElement {
  return h('span', { class: 'face' }, icon('chat'))
}
