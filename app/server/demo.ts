import { randomBytes } from 'node:crypto'
import type { Platform } from '#platform/server/platform'
import { systemActor } from '#platform/shared/actor'
import { operators } from './demo/cast.ts'
import { fillCards } from './demo/fill-cards.ts'
import { openOffice } from './demo/office.ts'
import { openPast, type Past } from './demo/past.ts'
import { arrivalOf } from './demo/story.ts'
import type { DemoTalk } from './demo/talk.ts'
import { talksNow } from './demo/talks-now.ts'
import { talksPast } from './demo/talks-past.ts'
import { talksRecent } from './demo/talks-recent.ts'
import { tell } from './demo/tell.ts'
import { startOf } from './demo/when.ts'
import type { Modules } from './modules.ts'

export interface Demo {
  /** Of every demo operator: made up for this database, shown once. */
  readonly password: string
  /** A supervisor and an operator to sign in as. */
  readonly emails: readonly string[]
}

/**
 * Fills an empty workspace with a believable company, «Северный дом»: teams, operators, channels, companies, people and their talks over
 * the last months, counted back from now. Everything goes the way real work goes, through the modules' doors, but nothing is sent.
 */
export async function seedDemo(
  modules: Pick<Modules, 'access' | 'channels'>,
  platform: Platform,
  workspaceId: string,
): Promise<Demo> {
  const now = platform.now()
  const password = randomBytes(9).toString('base64url')
  const office = await openOffice(modules, platform, { workspaceId, password })

  const talks = [...talksPast, ...talksRecent, ...talksNow].toSorted((a, b) => +startOf(a, now) - +startOf(b, now))
  const firstWords = talks.map((talk) =>
    arrivalOf(office, talk, { text: talk.lines[0]?.[2] ?? '', at: startOf(talk, now), index: 0 }),
  )
  const { inbox } = await platform.transaction(workspaceId, async (tx) => {
    const past = openPast(platform, modules, { office, tx })
    await past.inbox.receiver.receiveAll(tx, firstWords)
    const begun = await findBegun(past, talks)
    const personIds = new Map(begun.map(({ talk, personId }) => [talk.person, personId]))
    await fillCards(past, { office, now, personIds })
    for (const one of begun) await tell({ past, office, now }, one)
    return past
  })
  await inbox.stop()
  return { password, emails: [operators.anna.email, operators.igor.email] }
}

/** Conversations are numbered in the order in which they began. */
async function findBegun({ inbox, tx }: Past, talks: readonly DemoTalk[]) {
  const query = { view: 'all', sort: 'recent', limit: 200 } as const
  const { items } = await inbox.listConversations(systemActor(tx.workspaceId), query)
  const inOrder = items.toSorted((a, b) => a.number - b.number)
  return talks.map((talk, index) => {
    const conversation = inOrder[index]
    if (!conversation) throw new Error(`The talk of ${talk.person} did not become a conversation.`)
    return { talk, conversationId: conversation.id, personId: conversation.person.id }
  })
}
