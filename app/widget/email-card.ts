import type { ChatState } from './chat.ts'
import { h, icon } from './dom.ts'
import { fill, type Texts } from './texts.ts'

/** Asks for an e-mail once the visitor has written, and never again after "not now". */
export function createEmailCard(
  texts: Texts,
  on: { leave(email: string): void; decline(): void },
): { element: HTMLElement; show(state: ChatState): void } {
  const words = h('p')
  const input = h('input', {
    type: 'email',
    autocomplete: 'email',
    inputmode: 'email',
    maxlength: '254',
    placeholder: 'name@example.com',
    'aria-label': texts.emailLabel,
  })
  const error = h('div', { class: 'error', role: 'alert' })
  const privacy = h('a', { target: '_blank', rel: 'noopener', hidden: true }, texts.privacy)
  const save = (event: Event) => {
    event.preventDefault()
    const email = input.value.trim()
    const isRight = /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(email)
    error.textContent = isRight ? '' : texts.emailWrong
    if (isRight) on.leave(email)
    else input.focus()
  }
  const card = h(
    'form',
    { class: 'card', novalidate: true, submit: save, hidden: true },
    words,
    h('div', { class: 'row' }, input, h('button', { type: 'submit', class: 'primary' }, texts.emailSave)),
    error,
    h(
      'div',
      { class: 'row small' },
      h('button', { type: 'button', class: 'plain', click: on.decline }, texts.emailLater),
      privacy,
    ),
  )
  const note = h('div', { class: 'note', role: 'status', hidden: true })
  return {
    element: h('div', {}, card, note),
    show: ({ config, transcript, pending, email, isEmailDeclined }) => {
      const hasWritten = pending.length > 0 || transcript.entries.some(({ direction }) => direction === 'in')
      card.hidden = !config.askEmail || !hasWritten || email !== null || isEmailDeclined
      const ask = config.isSomebodyHere ? texts.emailAsk : texts.emailAskAway
      if (words.textContent !== ask) words.textContent = ask
      privacy.hidden = config.privacyUrl === null
      if (config.privacyUrl) privacy.href = config.privacyUrl
      const isAwaited = hasWritten && transcript.entries.at(-1)?.direction !== 'out'
      note.hidden = email === null || !isAwaited
      const saved = email === null ? '' : fill(texts.emailSaved, { email })
      if (note.textContent !== saved) note.replaceChildren(icon('mail'), h('span', {}, saved))
    },
  }
}
