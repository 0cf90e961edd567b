import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type MigrationLog, migrate } from '../../platform/server/migrate.ts'

export interface ScratchMigrations {
  /** Runs these texts on the database as the migrations 1.sql, 2.sql … in this order. */
  run(url: string, texts: readonly string[], log?: MigrationLog): Promise<void>
  close(): Promise<void>
}

/** Migrations that exist for one test only, run by the real migrator. */
export async function scratchMigrations(): Promise<ScratchMigrations> {
  const folder = await mkdtemp(path.join(tmpdir(), 'okno-migrations-'))
  return {
    run: async (url, texts, log) => {
      const migrations = texts.map((_, index) => {
        const name = `${index + 1}.sql`
        return { name, file: path.join(folder, name) }
      })
      for (const [index, { file }] of migrations.entries()) await writeFile(file, texts[index] ?? '')
      await migrate(url, { migrations, ...(log ? { log } : {}) })
    },
    close: () => rm(folder, { recursive: true, force: true }),
  }
}
