// `npm test`: brings what tests need, then runs them all on the project's own Node.js. `--fast` leaves the tests out.
import { ensureBuilt, ensureInstalled, runToEnd, runtime } from './bootstrap.mjs'

await ensureInstalled()
if (!process.argv.includes('--fast')) await ensureBuilt()
process.exit(await runToEnd(runtime(), ['scripts/test.ts', ...process.argv.slice(2)]))
