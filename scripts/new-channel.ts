import { execFileSync } from 'node:child_process'
import { assertName, capitalised, fillTemplates, insertAfter } from './fill-templates.ts'

/** `npm run new:channel vk`: the folder of a channel, its line in the list, and a test that fails until it can send. */
const ADAPTERS = 'modules/channels/server/adapters'
const LIST = `${ADAPTERS}/index.ts`

const [kind] = process.argv.slice(2)
assertName(kind, 'npm run new:channel vk')

const files = fillTemplates('channel', `${ADAPTERS}/${kind}`, { kind, Kind: capitalised(kind) })
insertAfter(LIST, /^(?:import .*\n)*/, `import { ${kind} } from './${kind}/index.ts'\n`)
insertAfter(LIST, /RegisteredAdapter\[\] => \[[^\]]*\w\)?,?/, `\n  ${kind},\n`)
execFileSync(process.execPath, ['node_modules/@biomejs/biome/bin/biome', 'check', '--write', LIST, ...files], {
  stdio: 'pipe',
})

console.log(`${ADAPTERS}/${kind} is there, and listed in ${LIST}.`)
console.log(`\nNext: docs/guides/add-a-channel.md. See what is missing with: npx vitest run ${ADAPTERS}/${kind}`)
