import { useSyncExternalStore } from 'react'

/** What a person chose in this browser. The server knows nothing of it. */
interface Preferences {
  locale: string
  density: 'comfortable' | 'compact'
  /** View of the queue that was open last. */
  queueView: string
  /** Own fields of the opened conversation. */
  conversationFields: 'open' | 'closed'
  queueSort: string
  /** Senders whose remote images may load, comma-separated message ids are never kept here. */
  card: 'open' | 'closed'
}

const listeners = new Set<() => void>()
const keyOf = (name: string) => `okno.${name}`

/** Null when nothing was chosen, or the browser keeps nothing (private mode). */
export function readPreference<Name extends keyof Preferences>(name: Name): Preferences[Name] | null {
  // Storage holds what `writePreference` wrote; a stranger's value is harmless and falls through to a default.
  return localStorage.getItem(keyOf(name)) as Preferences[Name] | null
}

export function writePreference<Name extends keyof Preferences>(name: Name, value: Preferences[Name]): void {
  localStorage.setItem(keyOf(name), value)
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function usePreference<Name extends keyof Preferences>(
  name: Name,
  fallback: Preferences[Name],
): [Preferences[Name], (value: Preferences[Name]) => void] {
  const value = useSyncExternalStore(subscribe, () => readPreference(name)) ?? fallback
  return [value, (next) => writePreference(name, next)]
}
