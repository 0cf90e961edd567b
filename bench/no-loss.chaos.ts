import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { createChance } from './chaos/chance.ts'
import { compare, compareScreens, type Line } from './chaos/compare.ts'
import { byApi, byMail, talk } from './chaos/customers.ts'
import { startDatabase } from './chaos/database.ts'
import { makeDisk } from './chaos/disk.ts'
import { killAround, loseThings } from './chaos/faults.ts'
import { Ledger } from './chaos/ledger.ts'
import { answerCustomers } from './chaos/operators.ts'
import { startMailReceiver, startWebhookReceiver } from './chaos/receivers.ts'
import { Screen } from './chaos/screens.ts'
import { call, Server } from './chaos/servers.ts'
import { readEverything, untilQuiet } from './chaos/witness.ts'

/**
 * Two servers on one database under load, killed at random moments together with PostgreSQL; receivers that break their lines; a lost
 * database and a full disk. In the end what Okno shows by its public API is held against what those around it know. See chaos/README.md.
 * `KILLS` (default 50), `SEED`.
 */
const KILLS = Number(process.env.KILLS ?? 50)
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000)
/** A short run loses things for a shorter time as well. */
const LOSS_MS = KILLS < 20 ? 5_000 : 20_000
const API_CUSTOMERS = 24
const MAIL_CUSTOMERS = 6
const OPERATORS = 3
const SCREENS = 2
/** What was read can be heard within this time. */
const HEARING_MS = 10_000
const PATIENCE_MS = 150_000
const TELL_MS = 10_000
const MAIL_ADDRESS = 'help@okno.example'

const began = performance.now()
const say = (text: string) => console.log(`  ${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${text}`)
const chanceOf = (name: string) => createChance(SEED, name)
say(`seed ${SEED}, ${KILLS} kills`)

const ledger = new Ledger()
const disk = makeDisk()
const database = await startDatabase(disk.folder)
const port = 20_000 + Math.floor(Math.random() * 20_000)
const servers = ['a', 'b'].map(
  (name, n) =>
    new Server(name, {
      dataDir: disk.folder,
      databaseUrl: database.postgres.url,
      port: port + 2 * n,
      smtpPort: port + 2 * n + 1,
    }),
)
const mailReceiver = await startMailReceiver({ ledger, chance: chanceOf('mail') })
const webhookReceiver = await startWebhookReceiver({ ledger, chance: chanceOf('webhook') })
process.once('SIGINT', () => void cleanUp().then(() => process.exit(130)))
try {
  show(await run())
} finally {
  await cleanUp()
}

async function run(): Promise<Line[]> {
  const [first, second] = servers
  if (!first || !second) throw new Error('No servers.')
  first.start()
  await first.untilReady(PATIENCE_MS)
  second.start()
  await second.untilReady(PATIENCE_MS)
  const apiKey = await createAccount(first, {
    kind: 'api',
    name: 'Shop',
    config: { webhookUrl: `http://127.0.0.1:${webhookReceiver.port}/`, allowPrivateAddresses: true },
  })
  await createAccount(first, {
    kind: 'email',
    name: 'Help',
    config: { address: MAIL_ADDRESS, smtp: { host: '127.0.0.1', port: mailReceiver.port, security: 'none' } },
  })
  say('both servers ready')

  const screens = Array.from({ length: SCREENS }, (_, n) => new Screen({ servers, chance: chanceOf(`screen ${n}`) }))
  const following = screens.map((screen) => screen.follow())
  await delay(1000)
  let isOver = false
  const around = (name: string) => ({ servers, ledger, chance: chanceOf(name), isOver: () => isOver })
  const people = [
    ...Array.from({ length: API_CUSTOMERS }, (_, n) =>
      talk(around(`api ${n}`), { channel: 'api', name: `a${n}`, pauseMs: 300, hand: byApi(apiKey) }),
    ),
    ...Array.from({ length: MAIL_CUSTOMERS }, (_, n) => {
      const hand = byMail(MAIL_ADDRESS, chanceOf(`way ${n}`))
      return talk(around(`mail ${n}`), { channel: 'email', name: `m${n}`, pauseMs: 600, hand })
    }),
    ...Array.from({ length: OPERATORS }, (_, n) => answerCustomers(around(`operator ${n}`), { n, pauseMs: 400 })),
  ]
  const ticking = setInterval(() => {
    const confirmed = [...ledger.answers.values()].filter((one) => one.confirmedAt !== undefined).length
    say(`${ledger.acknowledged().length} messages acknowledged, ${confirmed} answers confirmed`)
  }, TELL_MS)
  const killed = await killAround({ servers, database, chance: chanceOf('kills') }, KILLS)
  say(
    `killed: ${Object.entries(killed)
      .map(([victim, times]) => `${victim} ${times} ×`)
      .join(', ')}`,
  )
  await Promise.all(servers.map((server) => server.untilReady(PATIENCE_MS)))
  const lost = await loseThings({ servers, database, disk, say }, LOSS_MS)
  await delay(5000)
  isOver = true
  await Promise.all(people)
  clearInterval(ticking)
  say('nobody writes any more; waiting until all is done')
  mailReceiver.behave()
  webhookReceiver.behave()
  await Promise.all(servers.map((server) => server.untilReady(PATIENCE_MS)))
  const { unfinished, ms } = await untilQuiet(database.postgres.adminUrl, PATIENCE_MS)
  say(`quiet after ${(ms / 1000).toFixed(0)} s; reading everything by the API`)
  const seen = await readEverything(servers)
  say(`read ${seen.length} conversations`)
  await delay(HEARING_MS)
  for (const screen of screens) screen.close()
  await Promise.all(following)
  return [
    { title: 'kills', count: KILLS },
    ...lost.map((title) => ({ title, count: 1 })),
    {
      title: 'servers that ended by themselves and were started again',
      count: first.ownEnds + second.ownEnds,
    },
    ...compare(ledger, seen, unfinished),
    ...compareScreens(screens, seen),
  ]
}

async function createAccount(server: Server, draft: object): Promise<string> {
  const answer = await call(server, 'POST', '/accounts', { body: draft })
  if (answer?.status !== 201) throw new Error(`The account was refused: ${JSON.stringify(answer)}`)
  return z.object({ key: z.string() }).parse(answer.body).key
}

async function cleanUp() {
  await Promise.all(servers.map((server) => server.stop()))
  await Promise.all([mailReceiver.close(), webhookReceiver.close(), database.postgres.stop()])
  if (process.env.KEEP) say(`kept: ${disk.folder}`)
  else disk.remove()
}

function show(lines: readonly Line[]) {
  const differences = lines.filter(({ wrong, count }) => wrong && count > 0)
  console.log()
  for (const { title, count, wrong } of lines) {
    const verdict = wrong ? (count === 0 ? 'ok' : `WRONG: ${wrong.slice(0, 5).join(' | ').slice(0, 600)}`) : ''
    console.log(`  ${title.padEnd(58)} ${String(count).padStart(8)}  ${verdict}`)
  }
  console.log(
    differences.length === 0 ? '\n  Nothing lost, nothing doubled.' : `\n  ${differences.length} differences.`,
  )
  process.exitCode = differences.length === 0 ? 0 : 1
}
