import { execFileSync } from 'node:child_process'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { knownProblems } from '../app/server/problem-pages.ts'
import { eventTypes, INNER_EVENTS, publicEvents } from '../modules/integrations/server/webhooks/event-types.ts'
import { apiDescription } from './client/api-description.ts'
import type { ApiDescription } from './client/schema.ts'
import { writeTypes } from './client/write-types.ts'

/**
 * `npm run client` writes the types of the client anew; without `--write` it fails when they are older than the API, or when an operation lacks a
 * summary or a name of its own.
 */
const FILE = 'clients/typescript/src/api.ts'

const api = await apiDescription()
const types = formatted(writeTypes({ api, problems: knownProblems(), events: eventTypes() }))
const wrong = [...undescribed(api), ...undecidedEvents()]
if (process.argv.includes('--write')) writeFileSync(FILE, types)
else if (!existsSync(FILE) || readFileSync(FILE, 'utf8') !== types)
  wrong.push(`${FILE} is older than the API: run \`npm run client\` and look at the difference.`)
for (const line of wrong) console.error(line)
process.exit(wrong.length > 0 ? 1 : 0)

/** Events of which nobody has said whether webhooks are told of them. */
function undecidedEvents(): string[] {
  const defined = globSync('modules/*/contract/*.ts').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\bdefineEvent\(\s*'([^']+)'/g)].map(([, name = '']) => name),
  )
  return defined
    .filter((name) => !publicEvents.has(name) && !(name in INNER_EVENTS))
    .map(
      (name) =>
        `${name} is told to nobody: list it in modules/integrations/server/webhooks/event-types.ts, public or inner.`,
    )
}

/** As everything else is, so that a change of the API is read line by line. */
function formatted(code: string): string {
  const biome = ['node_modules/@biomejs/biome/bin/biome', 'format', `--stdin-file-path=${FILE}`]
  return execFileSync(process.execPath, biome, { input: code, encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 })
}

/** Operations that nobody could find or call by name. */
function undescribed({ paths }: ApiDescription): string[] {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, ...operation })),
  )
  const ids = Map.groupBy(operations, ({ operationId }) => operationId ?? '')
  return [
    ...operations.filter(({ summary }) => !summary).map(({ name }) => `${name} has no summary.`),
    ...operations.filter(({ tags }) => !tags?.length).map(({ name }) => `${name} has no tag.`),
    ...[...ids]
      .filter(([id, all]) => !id || all.length > 1)
      .flatMap(([, all]) => all.map(({ name }) => `${name} has no operationId of its own.`)),
  ]
}
