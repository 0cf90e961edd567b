import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import path from 'node:path'

/**
 * Runs measurements one after the other, each in a process of its own, so none is measured beside another:
 * `npm run bench [name]` runs bench/*.bench.ts, `npm run chaos [name]` runs bench/*.chaos.ts.
 */
const [kind, name] = process.argv.slice(2)
if (kind !== 'bench' && kind !== 'chaos') throw new Error('Use `npm run bench` or `npm run chaos`.')

const nameOf = (file: string) => path.basename(file, `.${kind}.ts`)
const all = globSync(`bench/*.${kind}.ts`).sort()
const chosen = name ? all.filter((file) => nameOf(file) === name) : all
if (chosen.length === 0) {
  console.error(`${name ? `There is no ${name}. ` : ''}Choose from: ${all.map(nameOf).join(', ') || '(none yet)'}`)
  process.exit(2)
}

const failed = chosen.filter((file) => {
  console.log(`\n— ${nameOf(file)}`)
  return spawnSync(process.execPath, ['--expose-gc', file], { stdio: 'inherit' }).status !== 0
})
console.log(
  `\n${chosen.length - failed.length} of ${chosen.length} finished${failed.length > 0 ? `; failed: ${failed.map(nameOf).join(', ')}` : ''}`,
)
process.exit(failed.length > 0 ? 1 : 0)
