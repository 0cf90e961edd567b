import { setTimeout as delay } from 'node:timers/promises'
import type { Chance } from './chance.ts'
import type { Database } from './database.ts'
import type { Disk } from './disk.ts'
import type { Server } from './servers.ts'

const VICTIMS = ['server', 'server', 'server', 'both servers', 'database', 'database', 'part of the database'] as const
const SHORTEST_PAUSE_MS = 200
const LONGEST_PAUSE_MS = 5000
/** The other kills come without asking, and hit what is just starting or recovering. */
const SHARE_AFTER_WORK = 0.65
const PATIENCE_MS = 15_000

/** Kills at random moments. Returns how many of what. */
export async function killAround(
  { servers, database, chance }: { servers: readonly Server[]; database: Database; chance: Chance },
  kills: number,
): Promise<Record<string, number>> {
  const done: Record<string, number> = {}
  for (let n = 0; n < kills; n++) {
    if (chance.hits(SHARE_AFTER_WORK)) await untilSomebodyWorks(servers)
    await delay(chance.between(SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS))
    const victim = chance.pick(VICTIMS)
    done[victim] = (done[victim] ?? 0) + 1
    if (victim === 'server') await chance.pick(servers).kill()
    else if (victim === 'both servers') await Promise.all(servers.map((one) => one.kill()))
    else if (victim === 'database') database.kill()
    else database.killPart(chance)
  }
  return done
}

/** On a slow machine kills alone would leave no time in which anything could get lost. */
const untilSomebodyWorks = (servers: readonly Server[]): Promise<unknown> =>
  Promise.any(servers.map((server) => server.untilReady(PATIENCE_MS))).catch(() => undefined)

/** Longer losses, one after the other with a rest between. What is not possible here is said aloud. */
export async function loseThings(
  {
    servers,
    database,
    disk,
    say,
  }: {
    servers: readonly Server[]
    database: Database
    disk: Disk
    say: (text: string) => void
  },
  ms: number,
): Promise<string[]> {
  const done: string[] = []
  const seconds = ms / 1000
  const phase = async (name: string, run: () => Promise<void>) => {
    say(`${name} for ${seconds} s`)
    await run()
    done.push(`${name} ${seconds} s`)
    await delay(5000)
  }
  await phase('a server frozen', async () => servers[0]?.freeze(ms))
  await phase('database frozen', () => database.freeze(ms))
  await phase('database kept down', () => database.keepDown(ms))
  if (disk.cannotFill) say(`SKIPPED: a full disk, because only root can mount one (${disk.cannotFill})`)
  else await phase('disk full', () => disk.fill(ms))
  return done
}
