import type { ChatEntry, ChatFile } from '#modules/channels/contract'
import type { Pending } from './chat.ts'
import { h, icon } from './dom.ts'
import { linkParts } from './links.ts'
import type { UploadedFile } from './outbox.ts'
import { pictureOf } from './picture.ts'
import { type Locale, sizeOf, type Texts } from './texts.ts'

export interface MessageView {
  readonly element: HTMLElement
  /** Shows how the message stands among its neighbours, and what became of it. */
  set(look: { isFirst: boolean; meta: Meta | null }): void
}

export type Meta =
  | { kind: 'time'; text: string }
  | { kind: 'sent' | 'sending' | 'waiting'; text: string }
  | { kind: 'failed'; text: string; retry: string; onRetry: () => void }

const META_ICONS = { sent: 'check', sending: 'clock', waiting: 'clock', failed: 'alert' } as const

export interface MessageContext {
  readonly server: string
  readonly locale: Locale
  readonly texts: Texts
  /** A picture was loaded, so the message is higher now. */
  grown(): void
}

export function viewOf(message: ChatEntry | Pending, context: MessageContext): MessageView {
  const { texts } = context
  const shown = 'item' in message ? { ...message.item, direction: 'in' as const, author: null } : message
  const author = shown.direction === 'out' ? (shown.author ?? texts.somebody) : texts.you
  const name = h('div', { class: shown.direction === 'out' ? 'author' : 'hidden' }, author)
  const meta = h('div', { class: 'meta', hidden: true })
  const element = h(
    'div',
    { class: `message ${shown.direction}` },
    name,
    shown.text.trim() !== '' && h('div', { class: 'bubble', dir: 'auto' }, ...linked(shown.text)),
    shown.files.length > 0 && h('div', { class: 'files' }, ...shown.files.map((file) => fileOf(file, context))),
    meta,
  )
  return {
    element,
    set: ({ isFirst, meta: next }) => {
      element.classList.toggle('first', isFirst)
      if (shown.direction === 'out') name.className = isFirst ? 'author' : 'hidden'
      showMeta(meta, next)
    },
  }
}

function showMeta(element: HTMLElement, meta: Meta | null): void {
  element.hidden = meta === null
  const was = element.dataset.shows
  const shows = meta ? `${meta.kind} ${meta.text}` : ''
  if (was === shows || !meta) return
  element.dataset.shows = shows
  element.className = `meta ${meta.kind}`
  element.replaceChildren(
    ...(meta.kind === 'time' ? [] : [icon(META_ICONS[meta.kind])]),
    h('span', {}, meta.text),
    ...(meta.kind === 'failed' ? [h('button', { type: 'button', click: meta.onRetry }, meta.retry)] : []),
  )
}

const linked = (text: string) =>
  linkParts(text).map(({ text: part, href }) =>
    href ? h('a', { href, target: '_blank', rel: 'noopener noreferrer nofollow ugc' }, part) : part,
  )

function fileOf(file: ChatFile | UploadedFile, { server, locale, grown }: MessageContext): HTMLElement {
  const text = h(
    'span',
    { class: 'file-text' },
    h('span', { class: 'file-name', title: file.name }, file.name),
    h('span', { class: 'file-size' }, sizeOf(locale, file.sizeBytes)),
  )
  if (!('url' in file)) return h('div', { class: 'file' }, icon('file'), text)
  const url = server + file.url
  const chip = h('a', { class: 'file', href: url, target: '_blank', rel: 'noopener' }, icon('file'), text)
  if (/^image\/(png|jpeg|gif|webp)$/.test(file.mime)) {
    pictureOf(url, file.name).then(
      (canvas) => {
        chip.className = 'picture'
        chip.replaceChildren(canvas)
        grown()
      },
      // It stays a link: the browser cannot draw it, or the file is gone.
      () => undefined,
    )
  }
  return chip
}

/** Time of day, in the visitor's own zone. */
export const timeOf = (locale: Locale, at: Date): string =>
  new Intl.DateTimeFormat(locale, { hour: locale === 'ru' ? '2-digit' : 'numeric', minute: '2-digit' }).format(at)

export function dayOf(locale: Locale, texts: Texts, at: Date, now: Date): string {
  const days = Math.round((startOfDay(now) - startOfDay(at)) / 86_400_000)
  if (days === 0) return texts.today
  if (days === 1) return texts.yesterday
  const isThisYear = at.getFullYear() === now.getFullYear()
  return new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'long',
    ...(isThisYear ? {} : { year: 'numeric' as const }),
  }).format(at)
}

const startOfDay = (at: Date) => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime()
