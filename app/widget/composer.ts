import type { ChatConfig } from '#modules/channels/contract'
import { h, icon } from './dom.ts'
import type { UploadedFile } from './outbox.ts'
import { fill, type Locale, sizeOf, type Texts } from './texts.ts'

export interface Composer {
  readonly element: HTMLElement
  focus(): void
  attach(files: Iterable<File>): void
}

interface Attached {
  readonly file: File
  state: 'uploading' | 'failed' | UploadedFile
}

/** Where the visitor writes: text, files by choosing, dropping or pasting. Enter sends, Shift+Enter begins a new line. */
export function createComposer(
  { config, locale, texts }: { config: ChatConfig; locale: Locale; texts: Texts },
  on: {
    send(text: string, files: UploadedFile[]): void
    upload(file: File): Promise<UploadedFile>
    typing(): void
    draft: { get(): string; set(text: string): void }
  },
): Composer {
  const { limits } = config
  let attached: Attached[] = []
  const chips = h('div', { class: 'chips' })
  const problem = h('div', { class: 'problem', role: 'alert' })
  const text = h('textarea', { rows: '1', 'aria-label': texts.write, placeholder: texts.write })
  const chooser = h('input', { type: 'file', multiple: true, hidden: true, tabindex: '-1' })
  const clip = h(
    'button',
    { type: 'button', class: 'tool', 'aria-label': texts.attach, title: texts.attach, click: () => chooser.click() },
    icon('clip'),
  )
  const sender = h(
    'button',
    { type: 'button', class: 'send', 'aria-label': texts.send, title: texts.send, click: send },
    icon('send'),
  )
  const element = h(
    'div',
    { class: 'composer' },
    chips,
    problem,
    h('div', { class: 'write' }, clip, text, sender),
    chooser,
  )

  text.value = on.draft.get()
  text.addEventListener('input', () => {
    on.draft.set(text.value)
    if (text.value.trim() !== '') on.typing()
    refresh()
  })
  text.addEventListener('keydown', (event) => {
    // On a phone the Enter key is the only way to a new line. While a word is being composed, Enter chooses it.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || matchMedia('(pointer: coarse)').matches) return
    event.preventDefault()
    send()
  })
  text.addEventListener('paste', (event) => {
    const files = [...(event.clipboardData?.files ?? [])]
    if (files.length === 0) return
    event.preventDefault()
    attach(files)
  })
  chooser.addEventListener('change', () => {
    attach(chooser.files ?? [])
    chooser.value = ''
  })

  const ready = () => attached.flatMap(({ state }) => (typeof state === 'object' ? [state] : []))
  const tooLongBy = () => text.value.length - limits.text
  const canSend = () =>
    (text.value.trim() !== '' || attached.length > 0) && ready().length === attached.length && tooLongBy() <= 0

  function send(): void {
    if (!canSend()) return
    on.send(text.value.trim(), ready())
    text.value = ''
    on.draft.set('')
    attached = []
    tell('')
    refresh()
    text.focus()
  }

  function attach(files: Iterable<File>): void {
    tell('')
    for (const file of files) {
      if (attached.length >= limits.files) {
        tell(fill(texts.tooManyFiles, { n: limits.files }))
      } else if (file.size > limits.fileBytes) {
        tell(fill(texts.fileTooLarge, { name: file.name, size: sizeOf(locale, limits.fileBytes) }))
      } else {
        const one: Attached = { file, state: 'uploading' }
        attached.push(one)
        void upload(one)
      }
    }
    refresh()
  }

  async function upload(one: Attached): Promise<void> {
    one.state = 'uploading'
    refresh()
    try {
      one.state = await on.upload(one.file)
    } catch (error) {
      one.state = 'failed'
      if (error instanceof Error && error.message === 'channels.chat_file_type') {
        attached = attached.filter((other) => other !== one)
        tell(fill(texts.fileType, { name: one.file.name }))
      }
    }
    refresh()
  }

  function refresh(): void {
    chips.replaceChildren(...attached.map(chipOf))
    sender.setAttribute('aria-disabled', String(!canSend()))
    if (tooLongBy() > 0) tell(fill(texts.tooLong, { n: tooLongBy() }))
    else if (problem.dataset.isLength) tell('')
    problem.dataset.isLength = tooLongBy() > 0 ? '1' : ''
    // Height by its content: set through the style object, which strict pages allow.
    text.style.height = 'auto'
    text.style.height = `${Math.min(text.scrollHeight, 140)}px`
  }

  function chipOf(one: Attached): HTMLElement {
    const { file, state } = one
    const remove = () => {
      attached = attached.filter((other) => other !== one)
      refresh()
      text.focus()
    }
    return h(
      'div',
      { class: 'chip' },
      h('span', { title: file.name }, file.name),
      state === 'uploading' && h('small', { role: 'status' }, texts.uploading),
      state === 'failed' &&
        h('button', { type: 'button', class: 'again', click: () => void upload(one) }, texts.retryUpload),
      typeof state === 'object' && h('small', {}, sizeOf(locale, file.size)),
      h(
        'button',
        { type: 'button', class: 'tool', 'aria-label': fill(texts.removeFile, { name: file.name }), click: remove },
        icon('close'),
      ),
    )
  }

  function tell(words: string): void {
    if (problem.textContent !== words) problem.textContent = words
  }

  refresh()
  return {
    element,
    attach,
    focus: () => {
      refresh()
      text.focus({ preventScroll: true })
    },
  }
}
