import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import lock from '../../package-lock.json' with { type: 'json' }

const entry = z.object({ version: z.string(), dependencies: z.record(z.string(), z.string()).optional() })
const locked = (name: string) =>
  entry.parse(Object.entries(lock.packages).find(([place]) => place === `node_modules/${name}`)?.[1])
const { version } = locked('nodemailer')
const ADVISORY = {
  id: 1,
  url: 'https://github.com/advisories/GHSA-aaaa-bbbb-cccc',
  title: 'Reads minds',
  severity: 'high',
  vulnerable_versions: `<=${version}`,
  cwe: [],
  cvss: { score: 0, vectorString: null },
}

/** What the registry tells of a package: one version, that of our lock file. */
function packument(name: string) {
  const { version, dependencies } = locked(name)
  return { name, 'dist-tags': { latest: version }, versions: { [version]: { name, version, dependencies, dist: {} } } }
}

/** A registry that knows of one vulnerable package, or of none, or does not offer the service. */
let registry: Server
let offers: 'one' | 'none' | 'nothing'
let cache: string
beforeAll(async () => {
  registry = createServer((request, response) => {
    request.resume()
    const isAudit = request.url?.endsWith('/advisories/bulk')
    if (offers === 'nothing') response.writeHead(405).end()
    else if (isAudit) response.end(JSON.stringify(offers === 'one' ? { nodemailer: [ADVISORY] } : {}))
    else response.end(JSON.stringify(packument(decodeURIComponent(request.url?.slice(1) ?? ''))))
  }).listen(0, '127.0.0.1')
  await once(registry, 'listening')
  cache = await mkdtemp(path.join(tmpdir(), 'okno-npm-'))
})
afterAll(async () => {
  registry.close()
  await rm(cache, { recursive: true, force: true })
})

async function audit(): Promise<{ code: number; words: string }> {
  const { port } = registry.address() as AddressInfo // a TCP server that listens has one
  const env = { ...process.env, npm_config_registry: `http://127.0.0.1:${port}/`, npm_config_cache: cache }
  const child = spawn(process.execPath, ['scripts/checks/check-audit.ts'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let words = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    words += text
  })
  const [code] = await once(child, 'close')
  return { code, words }
}

test('a package that is known to be vulnerable fails the check, with its advisory', async () => {
  offers = 'one'
  const { code, words } = await audit()

  expect(words).toContain('nodemailer')
  expect(words).toContain('Reads minds (high) https://github.com/advisories/GHSA-aaaa-bbbb-cccc')
  expect(code).toBe(1)
})

test('nothing known passes in silence', async () => {
  offers = 'none'

  expect(await audit()).toEqual({ code: 0, words: '' })
})

test('a registry that cannot be asked fails nothing, but is told aloud', async () => {
  offers = 'nothing'
  const { code, words } = await audit()

  expect(words).toMatch(/^! NOT CHECKED for known vulnerabilities: .*405/)
  expect(code).toBe(0)
})
