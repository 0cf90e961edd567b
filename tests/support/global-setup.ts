import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../platform/server/embedded-postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser's address of the PostgreSQL of this run. */
    adminUrl: string
    /** Address of the same server as the role that owns Okno's databases. */
    ownerUrl: string
  }
}

let server: Promise<EmbeddedPostgres> | undefined
let folder = ''
let users = 0

/** Starts one PostgreSQL for all projects of a run. Its data may vanish, so it does not wait for disks. */
export default async function setup(project: TestProject) {
  users++
  server ??= startServer()
  const postgres = await server
  project.provide('adminUrl', postgres.adminUrl)
  project.provide('ownerUrl', postgres.url)

  return async () => {
    if (--users > 0) return
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function startServer() {
  folder = await mkdtemp(path.join(tmpdir(), 'okno-test-'))
  // As root, PostgreSQL runs as another user, who must be able to pass.
  await chmod(folder, 0o755)
  return startEmbeddedPostgres({ dataDir: folder, durable: false })
}
