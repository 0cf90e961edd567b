// `npm start`: installs what is missing, builds what is stale, runs Okno.
import { ensureBuilt, ensureInstalled, runTogether, runtime } from './bootstrap.mjs'

await ensureInstalled()
await ensureBuilt()
runTogether([{ file: runtime(), args: ['app/server/main.ts'] }])
