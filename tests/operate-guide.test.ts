import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { VARIABLES } from '../platform/server/config.ts'

const guide = readFileSync('docs/guides/operate.md', 'utf8')
const table = guide.slice(guide.indexOf('## All variables'))

/** Names in the first column of the table. */
const documented = [...table.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, cell = '']) =>
  [...cell.matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name),
)

test('the guide names every variable that Okno reads, and no other', () => {
  expect(documented.filter((name) => !name?.startsWith('OTEL_')).sort()).toEqual([...VARIABLES].sort())
})

test('the guide names every variable of tracing that Okno reads itself', () => {
  const read = new Set(readFileSync('platform/server/start-tracing.ts', 'utf8').match(/OTEL_[A-Z_]+/g))
  read.delete('OTEL_EXPORTER_OTLP_TRACES_PROTOCOL')
  expect(documented).toEqual(expect.arrayContaining([...read].filter((name) => !name.includes('TRACES_ENDPOINT'))))
})

test('alerts and guide speak of metrics that exist', () => {
  const folders = ['platform', 'modules/channels', 'modules/inbox', 'modules/integrations'].map(
    (one) => `${one}/server`,
  )
  const sources = [...folders, 'modules/integrations/server/webhooks'].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => /(metrics|gauges)\.ts$/.test(name))
      .map((name) => readFileSync(`${folder}/${name}`, 'utf8')),
  )
  const known = new Set(sources.join('\n').match(/okno_[a-z_]+/g))
  const used = (readFileSync('deploy/prometheus-alerts.yml', 'utf8') + guide).match(/\bokno_[a-z_]+/g) ?? []
  const unknown = used
    .map((name) => name.replace(/_(bucket|count|sum)$/, ''))
    .filter((name) => !known.has(name) && name !== 'okno_app')

  expect(used.length).toBeGreaterThan(30)
  expect(unknown).toEqual([])
})

test('every file that the guide leads to is there', () => {
  for (const [, file] of guide.matchAll(/\]\(\.\.\/\.\.\/(deploy\/[^)]+|Containerfile)\)/g))
    expect(readFileSync(file ?? '', 'utf8')).not.toBe('')
})
