import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

/** Licences under which somebody may run, change and pass on Okno without giving anything away. SPDX names. */
const ALLOWED = new Set(
  '0BSD Apache-2.0 BlueOak-1.0.0 BSD-2-Clause BSD-3-Clause CC0-1.0 ISC MIT MIT-0 PostgreSQL Python-2.0 Unlicense'.split(
    ' ',
  ),
)
const FILE = 'THIRD_PARTY.md'
const BROWSER_CODE = '{app/web,app/widget,platform/web,modules/*/web}/**/*.{ts,tsx}'

const names = z.record(z.string(), z.string()).default({})
const entry = z.object({
  version: z.string().optional(),
  license: z.string().optional(),
  dependencies: names,
  optionalDependencies: names,
  peerDependencies: names,
  peerDependenciesMeta: z.record(z.string(), z.object({ optional: z.boolean().default(false) })).default({}),
})
const lock = z.object({ packages: z.record(z.string(), entry) })

/** Some old packages say their licence in a list. */
const manifest = z.object({ licenses: z.array(z.object({ type: z.string() })).optional() })

/** Packages that the browser's code imports: they are built in and passed on, although npm calls them "dev". */
function importedByBrowser(): string[] {
  const files = globSync(BROWSER_CODE).filter((file) => !/\.test\.tsx?$/.test(file))
  const imports = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/from '((?:@[^/']+\/)?[^./'#][^/':]*)[^':]*'/g)].map(
      ([, name = '']) => name,
    ),
  )
  return [...new Set(imports)]
}

/** Every package that runs in Okno, on the server or in browsers, by its place in node_modules. */
function shipped(packages: z.infer<typeof lock>['packages']): Map<string, z.infer<typeof entry>> {
  const root = packages['']
  if (!root) throw new Error('package-lock.json has no root.')
  const found = new Map<string, z.infer<typeof entry>>()
  const visit = (from: string, name: string) => {
    const place = placeOf(packages, from, name)
    const one = place === undefined ? undefined : packages[place]
    if (place === undefined || !one || found.has(place)) return
    found.set(place, one)
    const isNeeded = (peer: string) => !one.peerDependenciesMeta[peer]?.optional
    const needs = [one.dependencies, one.optionalDependencies].flatMap((list) => Object.keys(list))
    for (const next of [...needs, ...Object.keys(one.peerDependencies).filter(isNeeded)]) visit(place, next)
  }
  const own = [...Object.keys(root.dependencies), ...Object.keys(root.optionalDependencies), ...importedByBrowser()]
  for (const name of own) visit('', name)
  return found
}

/** As Node looks: beside the one who asks first, then further up. */
function placeOf(packages: z.infer<typeof lock>['packages'], from: string, name: string): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const place = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`
    if (packages[place]) return place
    if (folder === '') return undefined
  }
}

function licenceOf(place: string, { license }: z.infer<typeof entry>): string {
  if (license) return license
  return manifest.parse(JSON.parse(readFileSync(`${place}/package.json`, 'utf8'))).licenses?.[0]?.type ?? ''
}

/** True when one of the choices of an SPDX expression is allowed; "AND" needs all of its parts. */
const isAllowed = (licence: string): boolean =>
  licence
    .replace(/^\((.*)\)$/, '$1')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((part) => ALLOWED.has(part.trim())))

const { packages } = lock.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')))
const list = [...shipped(packages)].map(([place, one]) => ({
  name: place.split('node_modules/').at(-1) ?? place,
  version: one.version ?? '',
  licence: licenceOf(place, one),
}))
const lines = [...new Set(list.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`))].sort()
const page = `# Third-party packages

Everything that runs in Okno, on the server or in browsers, with its licence. Tools that only build or test it are not here. Written by
\`npm run licences\`; the check compares it and refuses licences that are not in its list.

| Package | Version | Licence |
|---|---|---|
${lines.join('\n')}
`

const refused = list.filter(({ licence }) => !isAllowed(licence))
for (const { name, licence } of refused)
  console.log(`${name} is under "${licence}", which is not in the list of this check`)
if (process.argv.includes('--write')) writeFileSync(FILE, page)
else if (readFileSync(FILE, 'utf8') !== page) {
  console.log(`${FILE} is not what package-lock.json says. \`npm run licences\` writes it.`)
  process.exitCode = 1
}
if (refused.length > 0 || list.length < 100) process.exitCode = 1
