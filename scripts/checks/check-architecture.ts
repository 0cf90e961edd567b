import { execFileSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { z } from 'zod'

const report = z.object({
  modules: z.array(z.object({ source: z.string() })),
  summary: z.object({
    ruleSetUsed: z.object({ forbidden: z.array(z.object({ name: z.string(), comment: z.string() })) }),
    violations: z.array(
      z.object({
        from: z.string(),
        to: z.string(),
        rule: z.object({ name: z.string() }),
        cycle: z.array(z.object({ name: z.string() })).optional(),
      }),
    ),
  }),
})

/** Lines that say which files break the rules of `.dependency-cruiser.cjs`, or were not even seen by them. */
function findViolations(): string[] {
  const { modules, summary } = report.parse(JSON.parse(cruise()))
  const seen = new Set(modules.map((module) => module.source))
  // With a TypeScript it does not know the tool finds nothing and is content, so what it saw is compared with what there is.
  const unseen = globSync('{app,platform,modules}/**/*.{ts,tsx}').filter(
    (file) => !seen.has(file.replaceAll('\\', '/')),
  )
  return [
    ...summary.violations.map(({ rule, from, to, cycle }) => {
      const comment = summary.ruleSetUsed.forbidden.find(({ name }) => name === rule.name)?.comment
      const way = cycle ? cycle.map((step) => step.name).join(' → ') : to
      return `${rule.name}: ${from} → ${way}\n    ${comment ?? ''}`
    }),
    ...unseen.map((file) => `not seen by dependency-cruiser: ${file}`),
  ]
}

function cruise(): string {
  const args = ['app', 'platform', 'modules', '--config', '.dependency-cruiser.cjs', '--output-type', 'json']
  const tool = 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'
  return execFileSync(process.execPath, [tool, ...args], { encoding: 'utf8', maxBuffer: 512 * 1024 * 1024 })
}

const violations = findViolations()
for (const violation of violations) console.log(violation)
process.exit(violations.length > 0 ? 1 : 0)
