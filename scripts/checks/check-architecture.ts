import { globSync } from 'node:fs'
import { cruise } from './cruise.ts'

/** Lines that say which files break the rules of `.dependency-cruiser.cjs`, or were not even seen by them. */
function findViolations(): string[] {
  const { modules, summary } = cruise()
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

const violations = findViolations()
for (const violation of violations) console.log(violation)
process.exit(violations.length > 0 ? 1 : 0)
