import type { ChatEntry } from '#modules/channels/contract'
import type { ChatState, Pending } from './chat.ts'
import { h, icon } from './dom.ts'
import { dayOf, type MessageContext, type MessageView, type Meta, timeOf, viewOf } from './message-view.ts'
import { fill } from './texts.ts'

export interface LogView {
  readonly element: HTMLElement
  show(state: ChatState): void
  /** Draws a line above the answers that came after `seq`. */
  markUnread(seq: number | null): void
  scrollToEnd(): void
  readonly isAtEnd: boolean
}

/** So near the end, a new message is brought into sight. */
const NEAR_END_PX = 80
/** Messages of one person within this time stand together. */
const GROUP_MS = 5 * 60 * 1000

export function createLog(
  context: Omit<MessageContext, 'grown'>,
  on: { older(): void; retry(key: string): void; scrolled(): void; extra: HTMLElement },
): LogView {
  const { locale, texts } = context
  const views = new Map<string, { view: MessageView; isPending: boolean }>()
  const separators = new Map<string, HTMLElement>()
  let unreadAfter: number | null = null
  let isSticky = true

  const older = h('button', { type: 'button', class: 'older', hidden: true, click: on.older }, texts.older)
  const greeting = h('div', { class: 'message out first' })
  const list = h('div', { class: 'log', role: 'log', 'aria-live': 'polite', 'aria-label': texts.log })
  const typing = h('div', { class: 'typing', role: 'status' })
  const element = h(
    'div',
    { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': texts.log },
    older,
    list,
    typing,
    on.extra,
  )
  const jump = h(
    'button',
    { type: 'button', class: 'jump tool', 'aria-label': texts.newMessages, hidden: true, click: scrollToEnd },
    icon('down'),
  )
  const wrapper = h('div', { class: 'log-area' }, element, jump)

  element.addEventListener('scroll', () => {
    isSticky = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX
    jump.hidden = isSticky
    on.scrolled()
  })
  // The card below the messages grows too, and the keyboard of a phone makes the place smaller.
  const resized = new ResizeObserver(() => isSticky && scrollToEnd())
  for (const part of [element, list, on.extra]) resized.observe(part)

  function scrollToEnd(): void {
    element.scrollTop = element.scrollHeight
    isSticky = true
    jump.hidden = true
  }

  function show(state: ChatState): void {
    const { transcript, pending, config } = state
    const firstBefore = list.firstElementChild
    const heightBefore = element.scrollHeight
    const messages = [...transcript.entries, ...pending]
    const isOwnNew = pending.some(({ item }) => !views.has(item.key))
    const wanted: HTMLElement[] = []
    if (!transcript.hasOlder) {
      const words = config.greeting ?? (config.isSomebodyHere ? texts.greeting : texts.away)
      if (greeting.textContent !== words) greeting.replaceChildren(h('div', { class: 'bubble' }, words))
      wanted.push(greeting)
    }
    messages.forEach((message, index) => {
      const before = messages[index - 1]
      const at = timeAt(message)
      if (!before || dayOf(locale, texts, timeAt(before), new Date()) !== dayOf(locale, texts, at, new Date())) {
        wanted.push(separator(`day ${at.toDateString()}`, 'day', dayOf(locale, texts, at, new Date())))
      }
      if (unreadAfter !== null && isFirstUnread(message, before)) {
        wanted.push(separator('unread', 'unread-line', texts.newMessages))
      }
      const view = viewFor(message)
      view.set({
        isFirst: !before || !isOneGroup(before, message),
        meta: metaOf(message, messages[index + 1], state),
      })
      wanted.push(view.element)
    })
    reconcile(list, wanted)
    older.hidden = !transcript.hasOlder
    showTyping(state.typing)
    if (isSticky || isOwnNew) scrollToEnd()
    else if (firstBefore && list.firstElementChild !== firstBefore)
      element.scrollTop += element.scrollHeight - heightBefore
  }

  function viewFor(message: ChatEntry | Pending): MessageView {
    const isPending = 'item' in message
    const key = isPending ? message.item.key : message.key
    const known = views.get(key)
    // Files get their addresses only when the server has them, so such a message is drawn afresh.
    if (known && (!known.isPending || isPending || message.files.length === 0)) return known.view
    const view = viewOf(message, { ...context, grown: () => isSticky && scrollToEnd() })
    views.set(key, { view, isPending })
    return view
  }

  function metaOf(message: ChatEntry | Pending, next: ChatEntry | Pending | undefined, state: ChatState): Meta | null {
    if ('item' in message) {
      const { item } = message
      if (message.state === 'sent') return { kind: 'sent', text: texts.sent }
      if (message.state === 'failed') {
        return { kind: 'failed', text: texts.failed, retry: texts.retry, onRetry: () => on.retry(item.key) }
      }
      return state.isConnected ? { kind: 'sending', text: texts.sending } : { kind: 'waiting', text: texts.waiting }
    }
    if (next && isOneGroup(message, next)) return null
    const time = timeOf(locale, new Date(message.at))
    return message.direction === 'in' && !next
      ? { kind: 'sent', text: `${time} · ${texts.sent}` }
      : { kind: 'time', text: time }
  }

  function isFirstUnread(message: ChatEntry | Pending, before: ChatEntry | Pending | undefined): boolean {
    const isUnread = (one: ChatEntry | Pending | undefined) =>
      one !== undefined && 'seq' in one && one.direction === 'out' && one.seq > (unreadAfter ?? 0)
    return isUnread(message) && !isUnread(before)
  }

  function separator(key: string, className: string, text: string): HTMLElement {
    const known = separators.get(key) ?? h('div', { class: className, role: 'separator', 'aria-label': text })
    if (known.textContent !== text) known.textContent = text
    separators.set(key, known)
    return known
  }

  function showTyping(name: string | null): void {
    const text = name && fill(texts.typing, { name })
    if ((typing.textContent || null) === text) return
    typing.replaceChildren(
      ...(text ? [h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')), text] : []),
    )
  }

  return {
    element: wrapper,
    show,
    scrollToEnd,
    markUnread: (seq) => {
      unreadAfter = seq
    },
    get isAtEnd() {
      return isSticky
    },
  }
}

const timeAt = (message: ChatEntry | Pending) => new Date('item' in message ? message.item.at : message.at)

function isOneGroup(a: ChatEntry | Pending, b: ChatEntry | Pending): boolean {
  const who = (one: ChatEntry | Pending) => ('item' in one ? 'in' : `${one.direction} ${one.author ?? ''}`.trim())
  return who(a) === who(b) && +timeAt(b) - +timeAt(a) < GROUP_MS
}

/** Makes the children of a list the wanted ones and moves as little as possible: what stays is not read out again. */
function reconcile(list: HTMLElement, wanted: readonly HTMLElement[]): void {
  const keep = new Set<Element>(wanted)
  for (const child of [...list.children]) if (!keep.has(child)) child.remove()
  wanted.forEach((element, index) => {
    if (list.children[index] !== element) list.insertBefore(element, list.children[index] ?? null)
  })
}
