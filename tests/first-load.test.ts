import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const ASSETS = path.resolve(import.meta.dirname, '../dist/web/assets')
const STATIC_IMPORT = /(?:\bfrom|\bimport)\s*["']\.\/([\w.-]+\.js)["']/g

const read = (file: string) => readFileSync(path.join(ASSETS, file), 'utf8')
const scripts = readdirSync(ASSETS).filter((name) => name.endsWith('.js'))
const called = (names: RegExp) => scripts.filter((name) => names.test(name))
const entry = [
  ...readFileSync(path.join(ASSETS, '../index.html'), 'utf8').matchAll(/"\/assets\/([\w.-]+\.js)"/g),
].flatMap(([, name]) => name ?? [])

/** Scripts and everything they cannot start without. What they load later, by `import()`, is not among them. */
function withImports(first: readonly string[]): Set<string> {
  const found = new Set<string>()
  const waiting = [...first]
  for (let file = waiting.pop(); file; file = waiting.pop()) {
    if (found.has(file)) continue
    found.add(file)
    waiting.push(...[...read(file).matchAll(STATIC_IMPORT)].flatMap(([, name]) => name ?? []))
  }
  return found
}

const gzipBytes = (files: Iterable<string>) =>
  [...files].reduce((sum, file) => sum + gzipSync(read(file)).byteLength, 0)

const firstScreen = withImports([...entry, ...called(/^(inbox-page|own-day)-/)])

test('the first screen of the window loads at most 250 kB of script', () => {
  expect(entry).not.toEqual([])
  expect(called(/^inbox-page-/)).toHaveLength(1)

  expect(gzipBytes(firstScreen)).toBeLessThanOrEqual(250_000)
})

test('opening the first conversation adds at most 45 kB: thread, composer and card', () => {
  const parts = called(/^(conversation-pane|customer-card)-/)
  const added = withImports(parts).difference(firstScreen)

  expect(parts.length).toBeGreaterThanOrEqual(2)
  expect(gzipBytes(added)).toBeLessThanOrEqual(45_000)
})
