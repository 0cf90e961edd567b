import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const TEMPLATES = path.resolve(import.meta.dirname, 'templates')

/** One lower-case word: it names a folder, a PostgreSQL schema and a variable alike. @throws Error */
export function assertName(name: string | undefined, example: string): asserts name is string {
  if (!name || !/^[a-z][a-z0-9]{1,30}$/.test(name)) {
    throw new Error(`Give it a name of one lower-case word: ${example}`)
  }
}

export const capitalised = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`

/**
 * Copies the templates of one kind into a new folder, with `__word__` replaced by its value in names and texts. Returns
 * the files made.
 *
 * @throws Error when the folder exists: what somebody wrote is never overwritten
 */
export function fillTemplates(kind: string, folder: string, words: Readonly<Record<string, string>>): string[] {
  if (existsSync(folder)) throw new Error(`${folder} exists already.`)
  const filled = (text: string) => text.replace(/__(\w+?)__/g, (mark, word: string) => words[word] ?? mark)
  const source = path.join(TEMPLATES, kind)
  return globSync('**/*.tmpl', { cwd: source })
    .sort()
    .map((template) => {
      const file = path.join(folder, filled(template).replace(/\.tmpl$/, ''))
      mkdirSync(path.dirname(file), { recursive: true })
      writeFileSync(file, filled(readFileSync(path.join(source, template), 'utf8')))
      return file
    })
}

/** Puts text into a file at the end of what `pattern` finds. @throws Error when the file no longer looks as expected */
export function insertAfter(file: string, pattern: RegExp, text: string): void {
  const content = readFileSync(file, 'utf8')
  const found = pattern.exec(content)
  if (!found) throw new Error(`${file} looks different than expected; add this by hand: ${text.trim()}`)
  const at = found.index + found[0].length
  writeFileSync(file, content.slice(0, at) + text + content.slice(at))
}
