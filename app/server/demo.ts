import type { Platform } from '#platform/server/platform'
import { systemActor } from '#platform/shared/actor'
import { operators } from './demo/cast.ts'
import { type Acquaintance, fillCards } from './demo/fill-cards.ts'
import { openOffice } from './demo/office.ts'
import { openPast, type Past } from './demo/past.ts'
import { arrivalOf } from './demo/story.ts'
import type { DemoTalk } from './demo/talk.ts'
import { talksLastWeek } from './demo/talks-last-week.ts'
import { talksNow } from './demo/talks-now.ts'
import { talksOld } from './demo/talks-old.ts'
import { talksPast } from './demo/talks-past.ts'
import { talksRecent } from './demo/talks-recent.ts'
import { tell } from './demo/tell.ts'
import { openThreads } from './demo/threads.ts'
import { momentOf, startOf } from './demo/when.ts'
import type { Modules } from './modules.ts'

export interface Demo {
  /** Of every demo operator: of this installation only, and the same when the filling is taken up again. */
  readonly password: string
  /** A supervisor and an operator to sign in as. */
  readonly emails: readonly string[]
}

const PASSWORD_LENGTH = 12
/** After so long the operator has written down who it is. */
const MINUTES_TO_KNOW = 10

const everyTalk = [...talksOld, ...talksPast, ...talksLastWeek, ...talksRecent, ...talksNow]

/**
 * Fills a workspace without conversations with a believable company, «Северный дом»: teams, operators, channels, companies, people and their talks over
 * the last months, counted back from now. Everything goes the way real work goes, through the modules' doors, but nothing is sent.
 * Takes up what was cut off: those who are there already stay, the story is told as a whole or not at all.
 */
export async function seedDemo(
  modules: Pick<Modules, 'access' | 'objects' | 'channels'>,
  platform: Platform,
  workspaceId: string,
): Promise<Demo> {
  const now = platform.now()
  const password = platform.secrets.sign('demo password', workspaceId).toString('base64url').slice(0, PASSWORD_LENGTH)
  const office = await openOffice(modules, platform, { workspaceId, password })

  const talks = everyTalk.toSorted((a, b) => +startOf(a, now) - +startOf(b, now))
  const { inbox } = await platform.transaction(workspaceId, async (tx) => {
    const past = openPast(platform, modules, { office, tx })
    if (await hasTalks(past)) return past
    const threads = await openThreads(past, { office, now, talks })
    const firstWords = talks.map((talk, index) =>
      arrivalOf(office, talk, { now, index: 0, thread: threads[index] ?? '' }),
    )
    await past.inbox.receiver.receiveAll(tx, firstWords)
    const begun = await findBegun(past, talks, threads)
    await fillCards(past, { office, now, known: acquaintancesOf(begun, now) })
    for (const one of begun) await tell({ past, office, now }, one)
    return past
  })
  await inbox.stop()
  return { password, emails: [operators.anna.email, operators.igor.email] }
}

/** True when the story was told before: only the note that it is complete was lost. */
async function hasTalks({ inbox, tx }: Past): Promise<boolean> {
  const { items } = await inbox.listConversations(systemActor(tx.workspaceId), {
    view: 'all',
    sort: 'recent',
    limit: 1,
  })
  return items.length > 0
}

/** Conversations are numbered in the order in which they began. */
async function findBegun({ inbox, tx }: Past, talks: readonly DemoTalk[], threads: readonly string[]) {
  const query = { view: 'all', sort: 'recent', limit: 200 } as const
  const { items } = await inbox.listConversations(systemActor(tx.workspaceId), query)
  const inOrder = items.toSorted((a, b) => a.number - b.number)
  return talks.map((talk, index) => {
    const conversation = inOrder[index]
    if (!conversation) throw new Error(`The talk of ${talk.person} did not become a conversation.`)
    return { talk, thread: threads[index] ?? '', conversationId: conversation.id, personId: conversation.person.id }
  })
}

/** Each person once, by their first talk. */
function acquaintancesOf(begun: readonly { talk: DemoTalk; personId: string }[], now: Date): Acquaintance[] {
  const first = new Map<string, Acquaintance>()
  for (const { talk, personId } of begun) {
    const since = momentOf(talk, MINUTES_TO_KNOW, now)
    if (!first.has(personId)) first.set(personId, { key: talk.person, personId, since })
  }
  return [...first.values()]
}
