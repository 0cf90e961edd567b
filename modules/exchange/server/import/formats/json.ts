import { limits, unreadable } from './limits.ts'

/** One record of a file whose records name their own fields. */
export type Named = Readonly<Record<string, string>>

/**
 * Records of JSON: a list of objects, the first list within an object (`{"contacts": [...]}`), or an object on each line. One record at a time
 * is in memory. @throws Problem `exchange.not_json`, `exchange.row_too_long`
 */
export async function* readJson(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Named> {
  const decoder = new TextDecoder('utf-8')
  let scanner: LineScanner | ListScanner | undefined
  for await (const piece of bytes) {
    const text = decoder.decode(piece, { stream: true })
    scanner ??= isByLines(text) ? new LineScanner() : new ListScanner()
    for (const record of scanner.take(text)) yield flat(record)
    if (scanner.isEnd) return
  }
  for (const record of scanner?.end() ?? []) yield flat(record)
}

/** An object on each line: the first line is an object by itself, and no list of records. */
function isByLines(beginning: string): boolean {
  const [line = ''] = beginning.trimStart().split('\n', 1)
  if (!line.startsWith('{')) return false
  try {
    return !Object.values(JSON.parse(line)).some((value) => Array.isArray(value) && isObject(value[0]))
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}

class LineScanner {
  readonly isEnd = false
  #rest = '';

  *take(text: string): Generator<object> {
    const lines = (this.#rest + text).split('\n')
    this.#rest = lines.pop() ?? ''
    assertRow(this.#rest)
    for (const line of lines) if (line.trim() !== '') yield parsed(line)
  }
  *end(): Generator<object> {
    if (this.#rest.trim() !== '') yield parsed(this.#rest)
  }
}

/** Cuts the objects out of the first list that holds objects. */
class ListScanner {
  isEnd = false
  #depth = 0
  #isQuoted = false
  #isEscaped = false
  /** Depth within the list; undefined before it begins. */
  #list: number | undefined
  #kept = '';

  *take(text: string): Generator<object> {
    let from = this.#kept === '' ? -1 : 0
    for (let i = 0; i < text.length && !this.isEnd; i++) {
      const sign = text[i]
      if (this.#isQuoted) {
        if (this.#isEscaped) this.#isEscaped = false
        else if (sign === '\\') this.#isEscaped = true
        else if (sign === '"') this.#isQuoted = false
      } else if (sign === '"') this.#isQuoted = true
      else if (sign === '{' || sign === '[') {
        if (sign === '{' && this.#depth === this.#list) from = i
        this.#depth++
        if (sign === '[') this.#list ??= this.#depth
      } else if (sign === '}' || sign === ']') {
        this.#depth--
        if (this.#depth === this.#list && from >= 0) {
          yield parsed(this.#kept + text.slice(from, i + 1))
          this.#kept = ''
          from = -1
        } else if (this.#list !== undefined && this.#depth < this.#list) this.isEnd = true
      }
    }
    if (from >= 0) this.#kept += text.slice(from)
    assertRow(this.#kept)
  }
  // biome-ignore lint/correctness/useYield: what is left over is no record
  *end(): Generator<object> {
    throw notJson()
  }
}

function assertRow(text: string): void {
  if (text.length > limits.row) throw unreadable('row_too_long', 'A record does not end.', { row: 0 })
}

function parsed(text: string): object {
  try {
    const value: unknown = JSON.parse(text)
    if (isObject(value)) return value
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw notJson()
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const notJson = () => unreadable('not_json', 'This is no list of objects in JSON.')

/** Deeper objects than this are kept as their JSON. */
const MAX_DEPTH = 4

/** `{address: {city}}` → `address.city`; lists of plain values are one text, lists of objects are numbered. */
function flat(record: object, prefix = '', depth = 0): Named {
  const cells: Record<string, string> = {}
  for (const [key, value] of Object.entries(record)) {
    const name = prefix + key
    if (value === null || value === undefined) continue
    if (typeof value !== 'object') cells[name] = String(value)
    else if (Array.isArray(value) && !value.some((one) => typeof one === 'object')) cells[name] = value.join('; ')
    else if (depth < MAX_DEPTH) Object.assign(cells, flat(value, `${name}.`, depth + 1))
    else cells[name] = JSON.stringify(value)
  }
  return cells
}
