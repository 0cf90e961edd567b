import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { ensureChromium } from './ensure-chromium.ts'

/** One thing that decides whether Okno is good. Every step runs, whatever the others say. */
interface Step {
  readonly name: string
  /** A program of ours or of a package, run by the Node.js that runs this. */
  readonly args: readonly string[]
}

const CHECKS: readonly Step[] = [
  { name: 'format and lint', args: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'] },
  { name: 'types: server', args: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.server.json'] },
  { name: 'types: browser', args: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.web.json'] },
  { name: 'architecture', args: ['scripts/checks/check-architecture.ts'] },
  { name: 'no unused files, exports, packages', args: ['node_modules/knip/bin/knip.js', '--no-progress'] },
  { name: 'translations complete', args: ['scripts/checks/check-translations.ts'] },
  { name: 'modules keep to their schema', args: ['scripts/checks/check-schemas.ts'] },
  { name: 'migrations let the version before serve', args: ['scripts/checks/check-migrations.ts'] },
  { name: 'graph in ARCHITECTURE.md', args: ['scripts/module-graph.ts'] },
  { name: 'links in documents', args: ['scripts/checks/check-links.ts'] },
  {
    name: 'types of the client',
    args: ['node_modules/typescript/bin/tsc', '-p', 'clients/typescript/tsconfig.json', '--noEmit'],
  },
  { name: 'client fits the API', args: ['scripts/client.ts'] },
  { name: 'lock file fits every platform', args: ['scripts/checks/check-lock.ts'] },
  { name: 'licences of packages', args: ['scripts/checks/check-licences.ts'] },
  { name: 'known vulnerabilities of packages', args: ['scripts/checks/check-audit.ts'] },
  { name: 'schema dump equal to migrations', args: ['scripts/dump-schema.ts'] },
]

/** What hangs is ended and counted as failed. The whole suite is meant to take ten minutes, on a machine that does other things as well thrice as long. */
const STEP_TIMEOUT_MS = 40 * 60_000
const PARALLEL_CHECKS = 2
const RESULTS = '.okno/test-results.json'

/** The part of Vitest's report that is counted. */
const results = z.object({
  numPassedTests: z.number(),
  numPendingTests: z.number(),
  testResults: z.array(
    z.object({ name: z.string(), status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) }),
  ),
})

const tally = { passed: 0, failed: 0 }

await runChecks()
if (!process.argv.includes('--fast')) await runTests()
console.log(`\n${tally.passed} passed, ${tally.failed} failed`)
process.exit(tally.failed > 0 ? 1 : 0)

async function runChecks() {
  const waiting = [...CHECKS]
  const lane = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const began = Date.now()
      const { code, output } = await run(step.args, 'collect')
      report(step.name, code === 0, Date.now() - began, output)
    }
  }
  await Promise.all(Array.from({ length: PARALLEL_CHECKS }, lane))
}

async function runTests() {
  const began = Date.now()
  try {
    console.log(`Chromium for browser tests: ${ensureChromium()}`)
  } catch (error) {
    report(
      'Chromium for browser tests',
      false,
      Date.now() - began,
      error instanceof Error ? error.message : String(error),
    )
  }
  rmSync(RESULTS, { force: true })
  mkdirSync(path.dirname(RESULTS), { recursive: true })
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${RESULTS}`]
  const { code } = await run(['node_modules/vitest/vitest.mjs', 'run', ...reporters], 'show')
  countTests(code)
}

function countTests(code: number) {
  if (!existsSync(RESULTS)) return report('tests', false, 0, 'Vitest ended without a result.')
  const { numPassedTests, numPendingTests, testResults } = results.parse(JSON.parse(readFileSync(RESULTS, 'utf8')))
  const failedTests = testResults
    .flatMap((file) => file.assertionResults)
    .filter(({ status }) => status === 'failed').length
  // A file that cannot be loaded fails without a single test.
  const failedFiles = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((result) => result.status === 'failed'),
  ).length
  tally.passed += numPassedTests
  tally.failed += failedTests + failedFiles
  if (numPendingTests > 0) console.log(`${numPendingTests} tests were skipped; each says why where it is defined.`)
  // An error outside any test leaves every test green and only the exit code says so.
  if (code !== 0 && failedTests + failedFiles === 0) report('tests', false, 0, `Vitest ended with code ${code}.`)
}

function report(name: string, passed: boolean, ms: number, output: string) {
  if (passed) tally.passed++
  else tally.failed++
  console.log(`${passed ? '✓' : '✗'} ${name} (${(ms / 1000).toFixed(1)} s)`)
  // A check that passes may still have to say something: its lines begin with "! ".
  const words = passed ? output.split('\n').filter((line) => line.startsWith('! ')) : output.trimEnd().split('\n')
  for (const line of words) console.log(`    ${line}`)
}

async function run(args: readonly string[], mode: 'collect' | 'show'): Promise<{ code: number; output: string }> {
  const child: ChildProcess = spawn(process.execPath, args, {
    stdio: mode === 'show' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'test' },
  })
  const chunks: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => chunks.push(text))
  }
  const timer = setTimeout(() => {
    const why = `Ended after ${STEP_TIMEOUT_MS / 60_000} minutes.`
    if (mode === 'show') console.log(`\n${why}`)
    chunks.push(why)
    child.kill('SIGKILL')
  }, STEP_TIMEOUT_MS)
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (status) => resolve(status ?? 1))
  })
  clearTimeout(timer)
  return { code, output: chunks.join('') }
}
