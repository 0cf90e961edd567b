import { execFileSync } from 'node:child_process'
import { assertName, capitalised, fillTemplates, insertAfter } from './fill-templates.ts'

/** `npm run new:module loyalty`: a module from SQL to screen that passes every check, and its lines in the lists of modules. */
const [name] = process.argv.slice(2)
assertName(name, 'npm run new:module loyalty')
const Name = capitalised(name)
const now = new Date().toISOString()
const stamp = `${now.slice(0, 10)}-${now.slice(11, 13)}${now.slice(14, 16)}`

const files = fillTemplates('module', `modules/${name}`, { module: name, Module: Name, stamp })
const registered = {
  '.dependency-cruiser.cjs': () =>
    insertAfter('.dependency-cruiser.cjs', /^const uses = \{\n(?: {2}.*\n)*/m, `  ${name}: ['access'],\n`),
  'app/server/modules.ts': () => {
    const file = 'app/server/modules.ts'
    insertAfter(file, /^(?:import .*\n)*/, `import { create${Name} } from '#modules/${name}'\n`)
    insertAfter(file, /(?: {2}const \w+ = create.*\n)+/, `  const ${name} = create${Name}(platform)\n`)
    insertAfter(file, /return \{[^}]*\w/, `, ${name}`)
  },
  'app/web/modules.ts': () => {
    const file = 'app/web/modules.ts'
    insertAfter(file, /^(?:import .*\n)*/, `import { ${name} } from '#modules/${name}/web'\n`)
    insertAfter(file, /modules: readonly WebModule\[\] = \[[^\]]*\w/, `, ${name}`)
  },
  'modules/access/contract/permissions.ts': () =>
    insertAfter(
      'modules/access/contract/permissions.ts',
      /permissions = \{\n(?: {2}'.*\n)*/,
      `  '${name}.read': 'operator',\n  '${name}.edit': 'operator',\n`,
    ),
}
for (const register of Object.values(registered)) register()
const changed = [...files, ...Object.keys(registered)]
execFileSync(process.execPath, ['node_modules/@biomejs/biome/bin/biome', 'check', '--write', ...changed], {
  stdio: 'pipe',
})
execFileSync(process.execPath, ['scripts/dump-schema.ts', '--write'], { stdio: 'inherit' })

console.log(
  `modules/${name} is there; it is listed in:\n${Object.keys(registered)
    .map((file) => `  ${file}`)
    .join('\n')}`,
)
console.log(
  `\nNext: write modules/${name}/README.md, then look at docs/guides/add-a-module.md. \`npm run check\` is green now.`,
)
