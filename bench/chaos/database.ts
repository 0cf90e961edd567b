import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../platform/server/embedded-postgres.ts'
import type { Chance } from './chance.ts'

/** Okno's embedded PostgreSQL with full durability, run by us: it is started again whenever it dies. */
export interface Database {
  readonly postgres: EmbeddedPostgres
  /** Its main process, SIGKILL. */
  kill(): void
  /** One process of it, SIGKILL: PostgreSQL then cuts everybody off and recovers by itself. */
  killPart(chance: Chance): void
  /** Every process stands still: nobody is refused, nobody is answered. */
  freeze(ms: number): Promise<void>
  /** Killed again whenever it rises, also in the middle of its recovery. */
  keepDown(ms: number): Promise<void>
}

export async function startDatabase(dataDir: string): Promise<Database> {
  const postgres = await startEmbeddedPostgres({ dataDir })
  const note = path.join(dataDir, 'postgres/cluster/postmaster.pid')

  const mainPid = (): number | undefined => {
    try {
      return Number(readFileSync(note, 'utf8').split('\n')[0]) || undefined
    } catch {
      return undefined // between two lives there is none
    }
  }
  const parts = (pid: number): number[] => {
    try {
      return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').map(Number).filter(Boolean)
    } catch {
      return [] // it has just ended, or this system does not tell
    }
  }
  const send = (pid: number, signal: NodeJS.Signals) => {
    try {
      process.kill(pid, signal)
    } catch (error) {
      // It was faster.
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
    }
  }
  const kill = () => {
    const pid = mainPid()
    if (pid) send(pid, 'SIGKILL')
  }

  return {
    postgres,
    kill,
    killPart: (chance) => {
      const pid = mainPid()
      const all = pid ? parts(pid) : []
      if (all.length > 0) send(chance.pick(all), 'SIGKILL')
      else kill()
    },
    freeze: async (ms) => {
      const pid = mainPid()
      if (!pid) return delay(ms)
      // The main process first, or it would start new ones.
      send(pid, 'SIGSTOP')
      const frozen = [...parts(pid), pid]
      for (const one of frozen) send(one, 'SIGSTOP')
      try {
        await delay(ms)
      } finally {
        for (const one of frozen) send(one, 'SIGCONT')
      }
    },
    keepDown: async (ms) => {
      const until = Date.now() + ms
      while (Date.now() < until) {
        kill()
        await delay(20)
      }
    },
  }
}
