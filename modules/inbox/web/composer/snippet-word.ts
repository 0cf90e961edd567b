/** The word with a leading slash in which the caret stands: where it begins and ends, and what follows the slash. */
export function snippetWordAt(text: string, caret: number): { start: number; end: number; word: string } | null {
  const match = /(?:^|\s)\/([\p{L}\p{N}_-]*)$/u.exec(text.slice(0, caret))
  if (!match) return null
  const word = match[1] ?? ''
  return { start: caret - word.length - 1, end: caret, word }
}
