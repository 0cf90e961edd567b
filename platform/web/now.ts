import { createContext, useContext, useSyncExternalStore } from 'react'

const TICK_MS = 15_000

let now = Date.now()
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

function subscribe(listener: () => void) {
  listeners.add(listener)
  timer ??= setInterval(() => {
    now = Date.now()
    for (const each of listeners) each()
  }, TICK_MS)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

function read() {
  // Nobody listened for a while: the first reader sets the clock.
  if (Date.now() - now > TICK_MS) now = Date.now()
  return now
}

/** The present moment for relative times, in ms; all of the window moves on together every 15 s. */
export const useNow = (): number => useSyncExternalStore(subscribe, read)

const ZoneContext = createContext<string | null>(null)
/** Time zone of the workspace, named beside times that could be misread. */
export const WorkspaceZoneProvider = ZoneContext.Provider
export const useWorkspaceZone = (): string | null => useContext(ZoneContext)
