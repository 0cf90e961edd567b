// `npm run dev`: the server, started again on every change, and the browser part with hot reload.
import { ensureBuilt, ensureInstalled, runTogether, runtime } from './bootstrap.mjs'

await ensureInstalled()
// The widget and its demo pages come from the server even here.
await ensureBuilt()
runTogether([
  { file: runtime(), args: ['--watch', '--watch-preserve-output', 'app/server/main.ts'] },
  { file: runtime(), args: ['node_modules/vite/bin/vite.js'] },
])
