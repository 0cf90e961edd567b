// `npm run build`: the browser part, when it is not built yet or its sources have changed.
import { ensureBuilt, ensureInstalled } from './bootstrap.mjs'

await ensureInstalled()
await ensureBuilt()
