import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import type { Guard } from '../tests/security/guards/guard.ts'
import { withGuardTable } from '../tests/security/guards/guard-table.ts'
import { guards } from '../tests/security/guards/guards.ts'
import { withoutGuard } from '../tests/security/guards/remove-guard.ts'

/**
 * `npm run guards [words]`: takes every guard (or those with these words) away in a copy of the tree, one at a time, and sees its test fail.
 * Fails when a test passes without its guard. `--write` only writes the table in SECURITY.md.
 */

const TEST_LIMIT_MS = 4 * 60_000
const report = z.object({
  testResults: z.array(z.object({ name: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
})

/** How the tests of one file fared, one word each: passed, failed, skipped. None when the file could not even be loaded. */
type Outcome = readonly string[]

if (process.argv.includes('--write')) {
  writeFileSync('SECURITY.md', withGuardTable(readFileSync('SECURITY.md', 'utf8'), guards))
  process.exit(0)
}
const words = process.argv.slice(2).join(' ')
const chosen = guards.filter(({ threat, guard, file }) => `${threat} ${guard} ${file}`.includes(words))
if (chosen.length === 0) {
  console.log(`No guard has these words: ${words}`)
  process.exit(1)
}
const copy = copyTree()
let useless = 0
try {
  console.log('With every guard in place…')
  const baseline = await runTests([...new Set(chosen.map(({ test }) => test))])
  for (const guard of chosen) if (!(await isNeeded(guard, baseline.get(guard.test) ?? []))) useless++
} finally {
  rmSync(copy, { recursive: true, force: true })
}
console.log(`\n${chosen.length - useless} of ${chosen.length} guards are missed by their test when they are gone`)
process.exit(useless > 0 ? 1 : 0)

/** Every file that git knows or would take, so that work under way is tried too. */
function copyTree(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'okno-guards-'))
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
  })
  for (const file of listed.split('\0').filter((name) => name !== '' && name !== 'node_modules')) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
    cpSync(file, path.join(folder, file))
  }
  symlinkSync(path.resolve('node_modules'), path.join(folder, 'node_modules'), 'junction')
  return folder
}

async function isNeeded(guard: Guard, before: Outcome): Promise<boolean> {
  const began = Date.now()
  const place = path.join(copy, guard.file)
  const code = readFileSync(place, 'utf8')
  writeFileSync(place, withoutGuard(code, guard))
  const after = await runTests([guard.test], guard.name).finally(() => writeFileSync(place, code))
  const words = verdict(before, after.get(guard.test) ?? [])
  const seconds = ((Date.now() - began) / 1000).toFixed(0)
  console.log(`${words === '' ? '✓' : '✗'} ${guard.threat}: ${guard.guard} (${seconds} s)`)
  if (words !== '') console.log(`    ${guard.test}: ${words}`)
  return words === ''
}

/** What is wrong; empty when the tests pass with the guard and one fails without it. */
function verdict(before: Outcome, after: Outcome): string {
  if (before.length === 0 || before.includes('failed')) return 'does not pass with the guard'
  if (after.length < before.length) return 'cannot even be loaded without the guard, which proves nothing'
  return after.includes('failed') ? '' : 'PASSES WITHOUT THE GUARD'
}

async function runTests(files: readonly string[], name?: string): Promise<Map<string, Outcome>> {
  const results = path.join(copy, '.okno', 'guards.json')
  rmSync(results, { force: true })
  const options = ['--project', 'server', '--reporter=json', `--outputFile=${results}`]
  const filter = name ? ['-t', literal(name)] : []
  const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...files, ...options, ...filter], {
    cwd: copy,
    stdio: 'ignore',
    timeout: TEST_LIMIT_MS * files.length,
    env: { ...process.env, NODE_ENV: 'test' },
  })
  await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve))
  const { testResults } = report.parse(JSON.parse(readFileSync(results, 'utf8')))
  return new Map(
    testResults.map(({ name, assertionResults }) => [
      path.relative(copy, name).replaceAll('\\', '/'),
      assertionResults.map(({ status }) => status),
    ]),
  )
}

/** Vitest takes a pattern; names hold dots and brackets. */
function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
