/** What the browser keeps for one account on this site. Where storage is forbidden, it lasts as long as the page. */
export interface Keep {
  get(name: string): string | undefined
  set(name: string, value: string): void
  remove(name: string): void
  /** Names that begin so, in order. */
  names(prefix: string): string[]
  clear(): void
  /** Tells when another tab of this site changes the value of a name. */
  watch(name: string, changed: (value: string) => void): void
}

export function openKeep(account: string, profile: string, storage: () => Storage = () => localStorage): Keep {
  const prefix = `okno.${account}.${profile && `${profile}.`}`
  const memory = new Map<string, string>()
  const store = usable(storage)

  const names = (begin: string): string[] => {
    const stored = store ? Array.from({ length: store.length }, (_, n) => store.key(n) ?? '') : []
    return [...new Set([...stored, ...memory.keys()])]
      .filter((name) => name.startsWith(prefix + begin))
      .map((name) => name.slice(prefix.length))
      .sort()
  }
  const remove = (name: string) => {
    memory.delete(prefix + name)
    store?.removeItem(prefix + name)
  }
  return {
    names,
    remove,
    get: (name) => memory.get(prefix + name) ?? store?.getItem(prefix + name) ?? undefined,
    set: (name, value) => {
      try {
        if (store) store.setItem(prefix + name, value)
        else memory.set(prefix + name, value)
      } catch {
        // The site's quota is used up: the page still remembers.
        memory.set(prefix + name, value)
      }
    },
    watch: (name, changed) =>
      addEventListener('storage', ({ key, newValue }) => {
        if (key === prefix + name && newValue !== null) changed(newValue)
      }),
    clear: () => {
      for (const name of names('')) remove(name)
    },
  }
}

function usable(storage: () => Storage): Storage | undefined {
  try {
    const store = storage()
    store.getItem('okno')
    return store
  } catch {
    // Private windows and sandboxed frames throw on the mere look.
    return undefined
  }
}
