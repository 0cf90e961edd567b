import { createContext, useContext } from 'react'

/** What other parts of the thread may ask of the composer. */
export interface ComposerControl {
  focus(mode: 'reply' | 'note'): void
  /** Takes these words up again, to be sent by another account. */
  rewrite(text: string, accountId: string): void
  openSnippets(): void
}

const Context = createContext<ComposerControl>({ focus: () => {}, rewrite: () => {}, openSnippets: () => {} })
export const ComposerControlProvider = Context.Provider
export const useComposerControl = (): ComposerControl => useContext(Context)
