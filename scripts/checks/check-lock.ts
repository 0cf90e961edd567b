import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const FILE = path.resolve(import.meta.dirname, '../../package-lock.json')

/** Kept as they stand, in npm's order of fields. */
const lockFile = z.record(z.string(), z.unknown())
const entries = z.record(z.string(), z.record(z.string(), z.unknown()))
type Entry = z.infer<typeof entries>[string]

const known = z.object({
  dev: z.boolean().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
})

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']

/**
 * Entries for packages of other platforms that npm left out because its registry did not offer them at the time. Without
 * them `npm ci` refuses the whole file. A package's name tells its platform: `…-linux-arm64-musl`.
 */
function findMissing(packages: Readonly<Record<string, Entry>>): [string, Entry][] {
  return Object.entries(packages).flatMap(([parent, given]) => {
    const { optionalDependencies = {}, dev } = known.parse(given)
    return Object.entries(optionalDependencies)
      .filter(([name]) => !packages[`node_modules/${name}`] && !packages[`${parent}/node_modules/${name}`])
      .map(([name, version]): [string, Entry] => {
        const parts = name.split(/[-/]/)
        const os = parts.filter((part) => SYSTEMS.includes(part))
        const cpu = parts.filter((part) => PROCESSORS.includes(part))
        const libc = parts.includes('musl') ? ['musl'] : parts.includes('gnu') ? ['glibc'] : []
        return [
          `node_modules/${name}`,
          {
            version: version.replace(/^[\^~]/, ''),
            ...(cpu.length > 0 && { cpu }),
            ...(dev && { dev }),
            ...(libc.length > 0 && { libc }),
            optional: true,
            ...(os.length > 0 && { os }),
          },
        ]
      })
  })
}

const lock = lockFile.parse(JSON.parse(readFileSync(FILE, 'utf8')))
const packages = entries.parse(lock.packages)
const missing = findMissing(packages)
const addresses = Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined)

if (process.argv.includes('--write')) {
  for (const [name, made] of missing) packages[name] = made
  for (const [, given] of addresses) delete given.resolved
  lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en')))
  writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`)
} else {
  for (const [name] of missing) console.log(`package-lock.json lacks ${name}, so npm ci refuses it`)
  for (const [name] of addresses) console.log(`package-lock.json ties ${name} to one registry by "resolved"`)
  if (missing.length + addresses.length > 0) console.log('`npm run lock:complete` mends both.')
  process.exitCode = missing.length + addresses.length > 0 ? 1 : 0
}
