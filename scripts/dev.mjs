// `npm run dev`: the server, started again on every change, and the browser part with hot reload.
import { ensureBuilt, ensureInstalled, runTogether, runtime } from './bootstrap.mjs'

await ensureInstalled()
// The widget and its demo pages come from the server even here.
await ensureBuilt()
// Pages come from Vite, so that is where people reach Okno: the server refuses calls of pages from elsewhere.
const env = { OKNO_PUBLIC_URL: process.env.OKNO_PUBLIC_URL ?? 'http://localhost:5173' }
runTogether([
  { file: runtime(), args: ['--watch', '--watch-preserve-output', 'app/server/main.ts'], env },
  { file: runtime(), args: ['node_modules/vite/bin/vite.js'] },
])
