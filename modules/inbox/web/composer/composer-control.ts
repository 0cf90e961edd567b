import { createContext, useContext } from 'react'
import type { UploadedFile } from './describe-file.ts'

/** What other parts of the thread may ask of the composer. */
export interface ComposerControl {
  focus(mode: 'reply' | 'note'): void
  /** Takes these words up again, perhaps to be sent by another account. */
  rewrite(written: {
    mode: 'reply' | 'note'
    text: string
    accountId?: string | undefined
    files?: UploadedFile[]
  }): void
  openSnippets(): void
}

const Context = createContext<ComposerControl>({ focus: () => {}, rewrite: () => {}, openSnippets: () => {} })
export const ComposerControlProvider = Context.Provider
export const useComposerControl = (): ComposerControl => useContext(Context)
