import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '#platform/server/free-port'
import { type Cluster, missingPrograms, startCluster } from '../tests/support/cluster.ts'
import { createAccounts, MAIL_ADDRESS, startMailbox } from './chaos/accounts.ts'
import { Chats } from './chaos/by-chat.ts'
import { byMail, byMailbox } from './chaos/by-mail.ts'
import { byApi, byForm } from './chaos/by-web.ts'
import { createChance } from './chaos/chance.ts'
import { compare, compareScreens } from './chaos/compare.ts'
import { startDatabase } from './chaos/database.ts'
import { makeDisk } from './chaos/disk.ts'
import { killAround, loseThings } from './chaos/faults.ts'
import { Ledger, wordsOf } from './chaos/ledger.ts'
import { type Line, wrong } from './chaos/line.ts'
import { answerCustomers, sendUnknownAgain } from './chaos/operators.ts'
import { startMailReceiver, startWebhookReceiver } from './chaos/receivers.ts'
import { Screen } from './chaos/screens.ts'
import { Server } from './chaos/servers.ts'
import { type Door, type Hand, talk } from './chaos/talk.ts'
import { readEverything, type Unfinished, untilQuiet } from './chaos/witness.ts'

/**
 * Servers on one database under load, killed at random moments together with PostgreSQL; receivers that break their lines; a lost
 * database and a full disk. In the end what Okno shows by its public API is held against what those around it know. See chaos/README.md.
 * `KILLS` (default 50), `NODES` (several servers behind a balancer, with PgBouncer and Redis), `SEED`.
 */
const KILLS = Number(process.env.KILLS ?? 50)
const NODES = Number(process.env.NODES ?? 0)
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000)
const SERVERS_ALONE = 2
/** A short run loses things for a shorter time as well. */
const LOSSES = KILLS < 20 ? { short: 5_000, database: 10_000 } : { short: 20_000, database: 60_000 }
/** Customers at once, milliseconds between their words, and words of one talk. A visitor may say one thing in two seconds. */
const CROWD = {
  api: { customers: 20, pauseMs: 300 },
  email: { customers: 5, pauseMs: 600 },
  mailbox: { customers: 3, pauseMs: 1000 },
  webchat: { customers: 6, pauseMs: 2000 },
  // Whoever fills in a form has said everything.
  form: { customers: 3, pauseMs: 1500, words: [1, 1] },
} as const
const OPERATORS = 3
const SCREENS = 2
/** What was read can be heard within this time. */
const HEARING_MS = 10_000
const PATIENCE_MS = 150_000
const TELL_MS = 10_000

const began = performance.now()
const say = (text: string) => console.log(`  ${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${text}`)
const chanceOf = (name: string) => createChance(SEED, name)
const missing = NODES > 0 ? missingPrograms() : []
if (missing.length > 0) throw new Error(`Several nodes need programs that are not here: ${missing.join(', ')}.`)
say(`seed ${SEED}, ${KILLS} kills${NODES > 0 ? `, ${NODES} nodes behind a balancer` : ''}`)

const ledger = new Ledger()
const disk = makeDisk()
const database = await startDatabase(disk.folder)
const place = async () => ({ port: await freePort(), smtpPort: await freePort() })
const places = await Promise.all(Array.from({ length: NODES || SERVERS_ALONE }, place))
const front = await place()
const cluster: Cluster | undefined = NODES
  ? await startCluster({ databaseUrl: database.postgres.url, ...front, nodes: places })
  : undefined
const env: Record<string, string> = cluster ? { ...cluster.env } : { DATABASE_URL: database.postgres.url }
const servers = places.map((ports, n) => new Server(`${n + 1}`, { dataDir: disk.folder, ...ports, env }))
const doors: readonly Door[] = cluster ? [{ url: `http://127.0.0.1:${front.port}`, smtpPort: front.smtpPort }] : servers
const mailReceiver = await startMailReceiver({ ledger, chance: chanceOf('mail') })
const webhookReceiver = await startWebhookReceiver({ ledger, chance: chanceOf('webhook') })
const mailbox = await startMailbox()
if (!mailbox) say('SKIPPED: a mailbox, because Dovecot and Exim cannot be run here')
process.once('SIGINT', () => void cleanUp().then(() => process.exit(130)))
try {
  show(await run())
} finally {
  await cleanUp()
}

async function run(): Promise<Line[]> {
  for (const server of servers) {
    server.start()
    await server.untilReady(PATIENCE_MS)
  }
  const [door] = doors
  if (!door) throw new Error('No servers.')
  const keys = await createAccounts(door, {
    webhookPort: webhookReceiver.port,
    smtpPort: mailReceiver.port,
    mailbox,
    patienceMs: PATIENCE_MS,
  })
  say(`all ${servers.length} servers ready`)

  const screens = Array.from({ length: SCREENS }, (_, n) => new Screen({ doors, chance: chanceOf(`screen ${n}`) }))
  const following = screens.map((screen) => screen.follow())
  await delay(1000)
  let isOver = false
  const around = (name: string) => ({ doors, ledger, chance: chanceOf(name), isOver: () => isOver })
  const chats = new Chats({ key: keys.webchat, ledger, chance: chanceOf('chats') })
  const crowd = (channel: keyof typeof CROWD, hand: Hand) =>
    Array.from({ length: CROWD[channel].customers }, (_, n) =>
      talk(around(`${channel} ${n}`), { channel, name: `${channel}${n}`, hand, ...CROWD[channel] }),
    )
  const people = [
    ...crowd('api', byApi(keys.api)),
    ...crowd('email', byMail(MAIL_ADDRESS, chanceOf('way'))),
    ...(mailbox ? crowd('mailbox', byMailbox(mailbox, chanceOf('way to the mailbox'))) : []),
    ...crowd('webchat', chats.hand),
    ...crowd('form', byForm(keys.form)),
    ...Array.from({ length: OPERATORS }, (_, n) => answerCustomers(around(`operator ${n}`), { n, pauseMs: 400 })),
    sendUnknownAgain(around('again'), { pauseMs: 1000 }),
  ]
  const ticking = setInterval(() => {
    const confirmed = [...ledger.answers.values()].filter((one) => one.confirmedAt !== undefined).length
    say(`${ledger.acknowledged().length} messages acknowledged, ${confirmed} answers confirmed`)
  }, TELL_MS)
  const killed = await killAround({ servers, database, others: cluster?.kill ?? {}, chance: chanceOf('kills') }, KILLS)
  const killedWhat = Object.entries(killed).map(([victim, times]) => `${victim} ${times} ×`)
  say(`killed: ${killedWhat.join(', ')}`)
  await Promise.all(servers.map((server) => server.untilReady(PATIENCE_MS)))
  const lost = await loseThings({ servers, database, disk, mailbox, say }, LOSSES)
  isOver = true
  await Promise.all(people)
  clearInterval(ticking)
  say('nobody writes any more; waiting until all is done')
  mailReceiver.behave()
  webhookReceiver.behave()
  await Promise.all(servers.map((server) => server.untilReady(PATIENCE_MS)))
  const { unfinished, ms } = await untilQuiet(database.postgres.adminUrl, {
    patienceMs: PATIENCE_MS,
    isAllTaken: isMailboxRead,
  })
  say(`quiet after ${(ms / 1000).toFixed(0)} s; reading everything by the API`)
  await chats.readToTheEnd(doors)
  const seen = await readEverything(doors)
  say(`read ${seen.length} conversations`)
  await delay(HEARING_MS)
  for (const screen of screens) screen.close()
  await Promise.all(following)
  const ends = servers.flatMap(({ ownEnds }, n) => Array.from({ length: ownEnds }, () => `server ${n + 1}`))
  return [
    { title: 'kills', count: KILLS },
    ...lost.map((title) => ({ title, count: 1 })),
    wrong('servers that ended by themselves', ends),
    ...compare(ledger, seen, unfinished),
    ...compareScreens(screens, seen),
  ]
}

/** A mail that the mailbox has may be read by Okno only later; every one has at least one arrival. */
function isMailboxRead({ arrivals }: Unfinished): boolean {
  const put = ledger.acknowledged().filter(({ channel }) => channel === 'mailbox')
  return (arrivals.mailbox ?? 0) >= new Set(put.map(wordsOf)).size
}

async function cleanUp() {
  await Promise.all(servers.map((server) => server.stop()))
  await cluster?.close()
  await Promise.all([mailReceiver.close(), webhookReceiver.close(), mailbox?.close(), database.postgres.stop()])
  if (process.env.KEEP) say(`kept: ${disk.folder}`)
  else disk.remove()
}

function show(lines: readonly Line[]) {
  const differences = lines.filter(({ wrong, count }) => wrong && count > 0)
  console.log()
  for (const { title, count, wrong } of lines) {
    const verdict = wrong ? (count === 0 ? 'ok' : `WRONG: ${wrong.slice(0, 5).join(' | ').slice(0, 600)}`) : ''
    console.log(`  ${title.padEnd(66)} ${String(count).padStart(8)}  ${verdict}`)
  }
  console.log(
    differences.length === 0 ? '\n  Nothing lost, nothing doubled.' : `\n  ${differences.length} differences.`,
  )
  process.exitCode = differences.length === 0 ? 0 : 1
}
