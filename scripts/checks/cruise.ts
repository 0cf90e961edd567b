import { execFileSync } from 'node:child_process'
import { z } from 'zod'

const report = z.object({
  modules: z.array(z.object({ source: z.string(), dependencies: z.array(z.object({ resolved: z.string() })) })),
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

/** Every file of the product with what it imports, and which rules of `.dependency-cruiser.cjs` are broken. */
export function cruise(): z.infer<typeof report> {
  const args = ['app', 'platform', 'modules', '--config', '.dependency-cruiser.cjs', '--output-type', 'json']
  const tool = 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'
  const output = execFileSync(process.execPath, [tool, ...args], { encoding: 'utf8', maxBuffer: 512 * 1024 * 1024 })
  return report.parse(JSON.parse(output))
}
