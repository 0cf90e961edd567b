import { setTimeout as delay } from 'node:timers/promises'
import type { Mailbox } from './accounts.ts'
import type { Chance } from './chance.ts'
import type { Database } from './database.ts'
import type { Disk } from './disk.ts'
import type { Server } from './servers.ts'

const VICTIMS = ['server', 'server', 'server', 'all servers', 'database', 'database', 'part of the database'] as const
const SHORTEST_PAUSE_MS = 200
const LONGEST_PAUSE_MS = 5000
/** The other kills come without asking, and hit what is just starting or recovering. */
const SHARE_AFTER_WORK = 0.65
const PATIENCE_MS = 15_000
const REST_MS = 5000

export interface Killable {
  readonly servers: readonly Server[]
  readonly database: Database
  /** What else there is to kill, by name. */
  readonly others: Readonly<Record<string, () => Promise<void>>>
  readonly chance: Chance
}

/** Kills at random moments. Returns how many of what. */
export async function killAround(all: Killable, kills: number): Promise<Record<string, number>> {
  const { servers, chance } = all
  const victims = [...VICTIMS, ...Object.keys(all.others)]
  const done: Record<string, number> = {}
  for (let n = 0; n < kills; n++) {
    if (chance.hits(SHARE_AFTER_WORK)) await untilSomebodyWorks(servers)
    await delay(chance.between(SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS))
    const victim = chance.pick(victims)
    done[victim] = (done[victim] ?? 0) + 1
    await kill(all, victim)
  }
  return done
}

async function kill({ servers, database, others, chance }: Killable, victim: string): Promise<void> {
  if (victim === 'server') await chance.pick(servers).kill()
  else if (victim === 'all servers') await Promise.all(servers.map((one) => one.kill()))
  else if (victim === 'database') database.kill()
  else if (victim === 'part of the database') database.killPart(chance)
  else await others[victim]?.()
}

/** On a slow machine kills alone would leave no time in which anything could get lost. */
const untilSomebodyWorks = (servers: readonly Server[]): Promise<unknown> =>
  Promise.any(servers.map((server) => server.untilReady(PATIENCE_MS))).catch(() => undefined)

/** How long things are lost, in milliseconds. */
export interface Losses {
  readonly short: number
  readonly database: number
}

/** Longer losses, one after the other with a rest between. What is not possible here is said aloud. */
export async function loseThings(
  of: {
    servers: readonly Server[]
    database: Database
    disk: Disk
    mailbox: Mailbox | undefined
    say: (text: string) => void
  },
  { short, database: long }: Losses,
): Promise<string[]> {
  const { servers, database, disk, mailbox, say } = of
  const done: string[] = []
  const phase = async (name: string, ms: number, run: (ms: number) => Promise<void>) => {
    say(`${name} for ${ms / 1000} s`)
    await run(ms)
    done.push(`${name} ${ms / 1000} s`)
    await delay(REST_MS)
  }
  await phase('a server frozen', short, async (ms) => servers[0]?.freeze(ms))
  await phase('database frozen', short, (ms) => database.freeze(ms))
  await phase('database lost', long, async (ms) => {
    // In the middle of it a server starts, and has to wait.
    setTimeout(() => void servers[0]?.kill(), ms / 3)
    await database.keepDown(ms)
  })
  if (mailbox) await phase('mailbox lost', short, (ms) => mailbox.lose(ms))
  if (disk.cannotFill) say(`SKIPPED: a full disk, because only root can mount one (${disk.cannotFill})`)
  else await phase('disk full', short, (ms) => disk.fill(ms))
  return done
}
