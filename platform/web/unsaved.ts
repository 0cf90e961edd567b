const PREFIX = 'okno.unsaved.'
/** Less than the three days for which the server knows an idempotency key: what is sent again is still stored once. */
const KEPT_MS = 2 * 24 * 60 * 60 * 1000

interface Kept {
  at: number
  value: unknown
}

/**
 * What was typed and what the server has not confirmed, kept in this browser so that neither a reload nor a closed window loses it. It is
 * forgotten when it is confirmed, after two days, and with the session. `name` begins with the operator's id: the next one at this computer
 * does not see it.
 */
export function keepUnsaved(name: string, value: unknown): void {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify({ at: Date.now(), value } satisfies Kept))
  } catch (error) {
    // A browser that keeps nothing, or has no room: it stands on the screen as before.
    if (!(error instanceof DOMException)) throw error
  }
}

/** @returns what `keepUnsaved` was given under this name; undefined when there is nothing, or it is too old */
export function readUnsaved<Value>(name: string): Value | undefined {
  const kept = parsed(localStorage.getItem(PREFIX + name))
  if (!kept || Date.now() - kept.at > KEPT_MS) {
    forgetUnsaved(name)
    return undefined
  }
  // Only `keepUnsaved` writes below the prefix, so it has the shape that it was given.
  return kept.value as Value
}

export const forgetUnsaved = (name: string): void => localStorage.removeItem(PREFIX + name)

const allNames = () =>
  Object.keys(localStorage).flatMap((key) => (key.startsWith(PREFIX) ? [key.slice(PREFIX.length)] : []))

/** For the end of a session: other people may sit down at this computer. */
export const forgetAllUnsaved = (): void => allNames().forEach(forgetUnsaved)

/** For the start: what nobody came back for goes when it is too old. */
export const forgetOldUnsaved = (): void => allNames().forEach((name) => void readUnsaved(name))

function parsed(text: string | null): Kept | undefined {
  try {
    return text === null ? undefined : (JSON.parse(text) as Kept)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
