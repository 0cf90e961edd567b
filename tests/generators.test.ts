import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import ts from 'typescript'
import { afterAll, beforeAll, expect, test } from 'vitest'

const run = promisify(execFile)
const ROOT = path.resolve(import.meta.dirname, '..')
const COPIED = ['app', 'bench', 'database', 'docs', 'modules', 'platform', 'scripts', 'tests/support']
const FILES = ['.dependency-cruiser.cjs', '.gitignore', 'biome.json', 'package.json', 'vitest.config.ts']
const TYPES = [
  'tsconfig.base.json',
  'tsconfig.server.json',
  'tsconfig.web.json',
  'vite.config.ts',
  'vite.widget.config.ts',
]

/** A copy of Okno in which generators may write. */
let copy: string

beforeAll(async () => {
  copy = await mkdtemp(path.join(tmpdir(), 'okno-generated-'))
  for (const name of [...COPIED, ...FILES, ...TYPES]) {
    await cp(path.join(ROOT, name), path.join(copy, name), { recursive: true })
  }
  await symlink(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'))
})
afterAll(() => rm(copy, { recursive: true, force: true }))

/** Runs one of our scripts or tools in the copy. Resolves with what it printed and whether it was content. */
async function inCopy(...args: string[]): Promise<{ passed: boolean; output: string }> {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '' }
  try {
    const { stdout } = await run(process.execPath, args, { cwd: copy, env, maxBuffer: 64 * 1024 * 1024 })
    return { passed: true, output: stdout }
  } catch (error) {
    if (!(error instanceof Error && 'stdout' in error && 'stderr' in error)) throw error
    return { passed: false, output: `${error.stdout}\n${error.stderr}` }
  }
}

const PASSED = expect.objectContaining({ passed: true })
const REFUSED = expect.objectContaining({ passed: false })
const biome = (folder: string) =>
  inCopy('node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', folder)
/** What the compiler says of the generated files, which it reads together with all they import; the rest of the tree has checks of its own. */
function typeErrors(project: string, isGenerated: RegExp): string[] {
  const { config, error } = ts.readConfigFile(path.join(copy, project), ts.sys.readFile)
  if (error) throw new Error(ts.flattenDiagnosticMessageText(error.messageText, '\n'))
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, copy)
  const program = ts.createProgram(
    fileNames.filter((file) => isGenerated.test(path.relative(copy, file))),
    options,
  )
  expect(program.getRootFileNames()).not.toEqual([])
  return program.getRootFileNames().flatMap((name) => {
    const file = program.getSourceFile(name)
    const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
    return found.map(({ messageText }) => `${name}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`)
  })
}
const vitest = (...files: string[]) => inCopy('node_modules/vitest/vitest.mjs', 'run', '--reporter=default', ...files)

test('a new module passes every check and its own tests', { timeout: 240_000 }, async () => {
  expect(await inCopy('scripts/new-module.ts', 'loyalty')).toEqual(PASSED)

  expect(await biome('modules/loyalty')).toEqual(PASSED)
  expect(await inCopy('scripts/checks/check-architecture.ts')).toEqual(PASSED)
  expect(await inCopy('scripts/checks/check-schemas.ts')).toEqual(PASSED)
  expect(await inCopy('scripts/checks/check-translations.ts')).toEqual(PASSED)
  expect(await inCopy('scripts/dump-schema.ts')).toEqual(PASSED)
  const generated = /^(modules\/loyalty|app\/(server|web)\/modules\.ts)/
  expect(typeErrors('tsconfig.server.json', generated)).toEqual([])
  expect(typeErrors('tsconfig.web.json', generated)).toEqual([])
  expect(await vitest('modules/loyalty')).toEqual({ passed: true, output: expect.stringMatching(/2 passed/) })
})

test('a new channel keeps the adapter contract; only sending fails, until it is written', {
  timeout: 120_000,
}, async () => {
  expect(await inCopy('scripts/new-channel.ts', 'pigeon')).toEqual(PASSED)

  expect(await biome('modules/channels/server/adapters/pigeon')).toEqual(PASSED)
  expect(await inCopy('scripts/checks/check-architecture.ts')).toEqual(PASSED)
  const { output } = await vitest('modules/channels/server/adapters/pigeon')
  expect(output).toMatch(/1 failed \| 6 passed/)
  expect(output).toMatch(/pigeon cannot send yet/)
})

test('a name that is taken or is none changes nothing', async () => {
  expect(await inCopy('scripts/new-module.ts', 'inbox')).toEqual(REFUSED)
  expect(await inCopy('scripts/new-module.ts', 'Two Words')).toEqual(REFUSED)
  expect(await inCopy('scripts/new-channel.ts', 'email')).toEqual(REFUSED)
})
