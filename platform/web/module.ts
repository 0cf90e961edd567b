import type { QueryClient } from '@tanstack/react-query'
import type { ComponentType, FunctionComponent } from 'react'
import type { LocaleFiles } from './i18n.ts'
import type { LiveClient } from './live.ts'
import type { SlotContents } from './slots.ts'

export interface ModuleRoute {
  /** `$name` marks a part that changes: `/inbox/$conversationId`. */
  readonly path: string
  /** Loaded when the address is first opened. */
  readonly load: () => Promise<{ default: FunctionComponent }>
  /** `window` = inside the frame, for those who signed in; `bare` = alone on the page, for everybody. */
  readonly frame: 'window' | 'bare'
  readonly permission?: string
}

export interface NavItem {
  readonly id: string
  readonly order: number
  readonly to: string
  /** Beginnings of further paths of this place; whoever stands there sees it marked. */
  readonly also?: readonly string[]
  /** Key of its name. */
  readonly label: string
  readonly icon: ComponentType<{ size?: number | string; stroke?: number | string }>
  readonly permission?: string
  /** False hides it: this Okno does not have what it leads to. */
  readonly useIsOffered?: () => boolean
  /** A number worth a badge; 0 shows none. */
  readonly useCount?: () => number
}

/** What one module gives to the window. */
export interface WebModule {
  readonly name: string
  readonly locales: LocaleFiles
  readonly routes?: readonly ModuleRoute[]
  readonly nav?: readonly NavItem[]
  readonly slots?: SlotContents
  /** Keeps cached server data true to what happens. Called once, before the first page is drawn. */
  readonly follow?: (live: LiveClient, cache: QueryClient) => void
}
