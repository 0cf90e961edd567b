import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { withGuardTable } from './guard-table.ts'
import { guards } from './guards.ts'
import { withoutGuard } from './remove-guard.ts'

// Whether each test really fails without its guard is seen by `npm run guards`, which takes minutes.

test.each(guards)('$guard: still stands where the list says', (guard) => {
  const code = readFileSync(guard.file, 'utf8')

  expect(withoutGuard(code, guard)).not.toBe(code)
  expect(readFileSync(guard.test, 'utf8')).toContain(guard.name ?? '')
})

test('SECURITY.md has the table of this list: `npm run guards -- --write` writes it', () => {
  const document = readFileSync('SECURITY.md', 'utf8')

  expect(document).toBe(withGuardTable(document, guards))
})
