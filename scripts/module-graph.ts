import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { cruise } from './checks/cruise.ts'

const FILE = path.resolve(import.meta.dirname, '../ARCHITECTURE.md')
const PLACE = /<!-- graph -->[\s\S]*?<!-- \/graph -->/
const TEST = /(\.(test|fixture)\.tsx?|\/(testing|adapter-contract)\.ts)$/

const moduleOf = (file: string) => /^modules\/([^/]+)\//.exec(file)?.[1]

/** Which module really uses which, read from the imports of the product. Tests may reach further and are left out. */
function arrows(): [from: string, to: string][] {
  const found = new Set<string>()
  for (const { source, dependencies } of cruise().modules) {
    const from = moduleOf(source)
    if (!from || TEST.test(source)) continue
    for (const { resolved } of dependencies) {
      const to = moduleOf(resolved)
      if (to && to !== from) found.add(`${from} ${to}`)
    }
  }
  return [...found].sort().map((arrow) => {
    const [from = '', to = ''] = arrow.split(' ')
    return [from, to]
  })
}

const lines = arrows().map(([from, to]) => `  ${from} --> ${to}`)
const graph = `<!-- graph -->\n\`\`\`mermaid\nflowchart BT\n${lines.join('\n')}\n\`\`\`\n<!-- /graph -->`
const text = readFileSync(FILE, 'utf8')
if (!PLACE.test(text)) throw new Error('ARCHITECTURE.md has no place for the graph: <!-- graph --> … <!-- /graph -->')
const wanted = text.replace(PLACE, () => graph)

if (process.argv.includes('--write')) writeFileSync(FILE, wanted)
else if (text !== wanted) {
  console.log('The graph in ARCHITECTURE.md is not that of the code; `npm run graph` writes it.')
  process.exitCode = 1
}
