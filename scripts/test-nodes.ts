import { spawnSync } from 'node:child_process'
import { missingPrograms } from '../tests/support/cluster.ts'
import { ensureChromium } from './ensure-chromium.ts'

/**
 * `npm run test:nodes`: every journey once more, on three processes of Okno behind a balancer, with PgBouncer in transaction mode and
 * Redis. Further arguments go to Vitest.
 */
const JOURNEYS = ['tests/journeys', 'tests/browser', 'tests/several-nodes.test.ts']

const missing = missingPrograms()
if (missing.length > 0) {
  console.error(`Missing here: ${missing.join(', ')}. On Debian or Ubuntu: apt install ${missing.join(' ')}`)
  process.exit(1)
}
console.log(`Chromium for browser tests: ${ensureChromium()}`)
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', ...JOURNEYS, ...process.argv.slice(2)],
  { stdio: 'inherit', env: { ...process.env, NODE_ENV: 'test', NODES: process.env.NODES ?? '3' } },
)
process.exit(status ?? 1)
