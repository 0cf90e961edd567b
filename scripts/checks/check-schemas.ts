import { globSync, readFileSync } from 'node:fs'

/** Tables, views and functions that the migrations of one owner (a module or the platform) make. */
interface Created {
  readonly owner: string
  readonly schema: string
  readonly name: string
  readonly file: string
}

const CREATE =
  /\bcreate\s+(?:or\s+replace\s+)?(?:unlogged\s+)?(?:table|(?:materialized\s+)?view|function|type)\s+(?:if\s+not\s+exists\s+)?(\w+)\.(\w+)/gi

const ownerOf = (file: string) => /^modules\/([^/]+)\//.exec(file)?.[1] ?? 'platform'
const list = (pattern: string) =>
  globSync(pattern)
    .map((file) => file.replaceAll('\\', '/'))
    .sort()

function findCreated(): Created[] {
  return list('{platform,modules/*}/server/migrations/*.sql').flatMap((file) => {
    const sql = readFileSync(file, 'utf8').replace(/--.*$/gm, '')
    return [...sql.matchAll(CREATE)].map(([, schema = '', name = '']) => ({ owner: ownerOf(file), schema, name, file }))
  })
}

/** A module makes things in its own PostgreSQL schema only, and its queries name only those and the platform's. */
function findTrespasses(): string[] {
  const created = findCreated()
  const misplaced = created
    .filter(({ owner, schema }) => schema !== owner)
    .map(({ file, schema, name, owner }) => `${file} makes ${schema}.${name} outside the schema "${owner}"`)
  const foreign = list('modules/*/server/**/*.queries.ts').flatMap((file) => {
    const code = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
    return created
      .filter(({ owner, name }) => owner !== ownerOf(file) && owner !== 'platform' && !name.startsWith('report_'))
      .filter(({ schema, name }) => new RegExp(`\\b${schema}\\.${name}\\b`).test(code))
      .map(({ schema, name, owner }) => `${file} names ${schema}.${name}, which belongs to ${owner}: ask its door`)
  })
  return [...misplaced, ...foreign]
}

const trespasses = findTrespasses()
for (const trespass of trespasses) console.log(trespass)
process.exit(trespasses.length > 0 ? 1 : 0)
