import { type ComponentType, createContext, useContext } from 'react'

/** Headings of the settings menu, in their order. */
export const settingsGroups = ['own', 'company', 'work', 'channels', 'integrations'] as const
export type SettingsGroup = (typeof settingsGroups)[number]

/** A settings page: its place in the list and what draws it. */
export interface SettingsPage {
  /** In its address: `/settings/<id>`. */
  readonly id: string
  readonly group: SettingsGroup
  readonly order: number
  /** Key of its title. */
  readonly title: string
  readonly icon: ComponentType<{ size?: number | string }>
  /** Without it the page is not listed. */
  readonly permission?: string
  readonly component: ComponentType
}

/** A piece of screen that one module puts into the screen of another. */
export interface SlotPart<Props> {
  readonly id: string
  readonly order: number
  /** Key of its heading, when the place shows one. */
  readonly title?: string
  readonly permission?: string
  readonly component: ComponentType<Props>
}

/**
 * A block of a card. It draws its own heading and nothing at all while it has nothing to say; `title` names it where a card's layout is
 * arranged, `id` is what a layout keeps.
 */
export interface CardBlock<Props> extends SlotPart<Props> {
  readonly title: string
}

/**
 * Every place where modules add to each other's screens. A module that offers a place declares it here by merging:
 * `declare module '#platform/web/slots' { interface Slots { … } }`.
 */
export interface Slots {
  settingsPages: SettingsPage
  /** The strip along the bottom of the window. */
  strip: SlotPart<object>
  /** Commands of the palette (Ctrl/⌘ K), told anew for each word typed. */
  commands: CommandSource
}

/** One line of the palette. */
export interface Command {
  readonly id: string
  readonly label: string
  readonly description?: string
  readonly group: string
  readonly icon?: ComponentType<{ size?: number | string }>
  readonly run: () => void
}

/** A hook that answers with commands for what is typed. Called in every render of the palette. */
export interface CommandSource {
  readonly id: string
  readonly order: number
  readonly useCommands: (words: string) => Command[]
}

export type SlotContents = { readonly [Name in keyof Slots]?: readonly Slots[Name][] }

const SlotContext = createContext<SlotContents>({})
export const SlotProvider = SlotContext.Provider

/** Puts together what all modules give, each place in its order. */
export function collectSlots(modules: readonly { slots?: SlotContents }[]): SlotContents {
  const collected: Record<string, { order: number }[]> = {}
  for (const { slots = {} } of modules) {
    for (const [name, parts] of Object.entries(slots)) collected[name] = [...(collected[name] ?? []), ...parts]
  }
  for (const parts of Object.values(collected)) parts.sort((a, b) => a.order - b.order)
  // Each list holds exactly what modules gave under its name, so it still has that name's type.
  return collected as SlotContents
}

export const useSlot = <Name extends keyof Slots>(name: Name): readonly Slots[Name][] =>
  useContext(SlotContext)[name] ?? []
