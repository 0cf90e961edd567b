import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { z } from 'zod'

/**
 * Asks the registry for known vulnerabilities of everything in package-lock.json. Known ones fail the check, unless an exception with a reason
 * and a date stands in audit-exceptions.json. A registry that cannot be asked (no network, a mirror without that service) is said aloud and
 * fails nothing: whoever builds offline must be able to build.
 */

const LIMIT_MS = 60_000
const exceptions = z.array(
  z.strictObject({
    /** `GHSA-…`, as in the advisory's address. */
    advisory: z.string().regex(/^GHSA(-[0-9a-z]{4}){3}$/),
    package: z.string(),
    /** Why it does not concern Okno. */
    reason: z.string().min(20),
    /** Looked at again by then: the exception ends. */
    until: z.iso.date(),
  }),
)
const advisory = z.object({
  name: z.string(),
  title: z.string(),
  url: z.string(),
  severity: z.string(),
  range: z.string(),
})
const answer = z.object({
  vulnerabilities: z.record(z.string(), z.object({ via: z.array(z.union([z.string(), advisory])) })),
})

const npm = process.env.npm_execpath
const options = ['audit', '--json', '--package-lock-only', ...process.argv.slice(2)]
const { stdout, error } = npm
  ? spawnSync(process.execPath, [npm, ...options], { encoding: 'utf8', timeout: LIMIT_MS })
  : spawnSync('npm', options, { encoding: 'utf8', timeout: LIMIT_MS, shell: process.platform === 'win32' })

const told = answer.safeParse(parseJson(stdout))
if (told.success) judge(told.data)
else console.log(`! NOT CHECKED for known vulnerabilities: ${whyNot()}`)

function judge({ vulnerabilities }: z.infer<typeof answer>) {
  const all = Object.values(vulnerabilities).flatMap(({ via }) => via.filter((one) => typeof one !== 'string'))
  const known = new Map(all.map((one) => [`${one.url} ${one.name}`, one]))
  const today = new Date().toISOString().slice(0, 10)
  const excepted = exceptions.parse(JSON.parse(readFileSync(new URL('audit-exceptions.json', import.meta.url), 'utf8')))
  const isExcepted = ({ url, name }: z.infer<typeof advisory>) =>
    excepted.some((one) => url.endsWith(`/${one.advisory}`) && one.package === name && one.until >= today)

  for (const one of known.values()) {
    if (isExcepted(one)) continue
    console.log(`${one.name} ${one.range}: ${one.title} (${one.severity}) ${one.url}`)
    process.exitCode = 1
  }
  for (const { advisory, package: name } of excepted) {
    if ([...known.values()].some((one) => one.url.endsWith(`/${advisory}`) && one.name === name)) continue
    console.log(`audit-exceptions.json excepts ${advisory} of ${name}, which nobody tells of any more: remove it`)
    process.exitCode = 1
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // npm says nothing in JSON when it cannot even start
  }
}

function whyNot(): string {
  const failure = z
    .object({ message: z.string().optional(), error: z.object({ summary: z.string() }).optional() })
    .safeParse(parseJson(stdout))
  return failure.data?.message || failure.data?.error?.summary || error?.message || 'npm gave no answer'
}
