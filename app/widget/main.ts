import type { ChatConfig } from '#modules/channels/contract'
import { createChat } from './chat.ts'
import { h } from './dom.ts'
import { createLauncher } from './launcher.ts'
import { createPanel } from './panel.ts'
import { readSettings, type Settings } from './settings.ts'
import { type Keep, openKeep } from './storage.ts'
import { applyStyle, styleOf } from './style.ts'
import { chooseLocale, textsOf } from './texts.ts'

declare global {
  interface Window {
    /** For the host page: its own buttons may open the chat. Does nothing until the widget stands. */
    OknoChat?: { open(): void; close(): void }
  }
}

const AGAIN_MS = 30_000
/** Under which the chat's looks and limits are remembered. */
const CONFIG = 'config'

async function start(settings: Settings): Promise<void> {
  const keep = openKeep(settings.account, settings.profile)
  const config = await loadConfig(settings)
  if (config === 'none') return
  if (config !== 'later') {
    if (keep.get(CONFIG)) remember(keep, config)
    show(settings, keep, config)
    return
  }
  // What was written on the page before must not be gone with it: the chat stands as it was last, and connects when it can.
  const last = keptConfig(keep)
  if (last) show(settings, keep, last)
  else setTimeout(() => void start(settings), AGAIN_MS)
}

/** Of visitors who have opened the chat, and of no others. Who is there is not remembered: nobody knows that later. */
const remember = (keep: Keep, config: ChatConfig) =>
  keep.set(CONFIG, JSON.stringify({ ...config, agents: [], isSomebodyHere: false } satisfies ChatConfig))

function keptConfig(keep: Keep): ChatConfig | undefined {
  try {
    const kept: unknown = JSON.parse(keep.get(CONFIG) ?? 'null')
    const isConfig = typeof kept === 'object' && kept !== null && 'limits' in kept && 'colour' in kept
    return isConfig ? (kept as ChatConfig) : undefined // written by `remember`
  } catch {
    // Another script may have written over it.
    return undefined
  }
}

/** 'none' = there is no such chat; 'later' = the server could not be reached. */
async function loadConfig({ server, account }: Settings): Promise<ChatConfig | 'none' | 'later'> {
  try {
    const response = await fetch(`${server}/chat/${encodeURIComponent(account)}`)
    if (response.ok) return (await response.json()) as ChatConfig // the contract of this address
    if (response.status >= 500 || response.status === 429) return 'later'
    console.warn(`Okno chat: there is no chat with the key ${account}`)
    return 'none'
  } catch {
    return 'later'
  }
}

function show(settings: Settings, keep: Keep, config: ChatConfig): void {
  const locale = chooseLocale(config.locale, [settings.locale, document.documentElement.lang, navigator.language])
  const texts = textsOf(locale)
  const host = h('div', { 'data-theme': settings.theme, lang: locale })
  // Open, so that accessibility tools see inside; the page's styles stay outside all the same.
  const shadow = host.attachShadow({ mode: 'open' })
  applyStyle(shadow)(styleOf(config.colour, config.position))

  let isDrawn = false
  const chat = createChat(settings, keep, config, (state) => {
    if (!isDrawn) return
    if (state.isGone) host.remove()
    if (panel.isOpen) panel.show(state)
    launcher.show(state, panel.isOpen)
  })
  const panel = createPanel(chat, { server: settings.server, locale, texts }, { closed: () => drawn(true) })
  const launcher = createLauncher({ locale, texts }, { toggle: () => (panel.isOpen ? panel.close() : open()) })
  const drawn = (isFocused: boolean) => {
    launcher.show(chat.state, panel.isOpen)
    if (isFocused) launcher.focus()
  }
  const open = () => {
    remember(keep, chat.state.config)
    panel.open()
    drawn(false)
  }

  shadow.append(h('div', { class: 'root' }, launcher.peek, launcher.element, panel.element))
  isDrawn = true
  drawn(false)
  // Beside the body and not in it: frameworks that exchange the body leave the chat alone.
  document.documentElement.append(host)
  window.OknoChat = { open, close: panel.close }
}

const settings = readSettings(document.currentScript)
// Tag managers often put a script on a page twice.
const isThere = 'OknoChat' in window
if (settings && !isThere) {
  window.OknoChat = { open: () => undefined, close: () => undefined }
  void start(settings)
} else if (!settings) console.warn('Okno chat: the script tag needs data-account.')
