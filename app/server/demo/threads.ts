import { newId } from '#platform/shared/ids'
import type { Office } from './office.ts'
import type { Past } from './past.ts'
import { lineId, visitorOf } from './story.ts'
import type { DemoTalk } from './talk.ts'
import { momentOf } from './when.ts'

/** The provider's thread of each talk. Chats get their transcript, so that a visitor of the demo can be answered like any other. */
export async function openThreads(
  { channels, tx }: Past,
  { office, now, talks }: { office: Office; now: Date; talks: readonly DemoTalk[] },
): Promise<string[]> {
  const threads: string[] = []
  for (const talk of talks) {
    const isChat = office.accounts[talk.via].kind === 'webchat'
    threads.push(isChat ? await channels.importChat(tx, transcriptOf(talk, office, now)) : newId())
  }
  return threads
}

function transcriptOf(talk: DemoTalk, office: Office, now: Date) {
  const visitorId = visitorOf(talk.person)
  const entries = talk.lines.flatMap(([minutes, who, text], index) => {
    if (who.endsWith(' note')) return []
    const author = Object.entries(office.operators).find(([key]) => key === who)?.[1].name ?? null
    const direction: 'in' | 'out' = who === 'customer' ? 'in' : 'out'
    return [{ direction, key: lineId(visitorId, index), author, text, at: momentOf(talk, minutes, now) }]
  })
  return { accountId: office.accounts[talk.via].id, visitorId, entries }
}
