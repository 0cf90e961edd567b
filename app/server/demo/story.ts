import { createHash } from 'node:crypto'
import { newId } from '#platform/shared/ids'
import { type AccountKey, accounts, operators } from './cast.ts'
import type { Office } from './office.ts'
import { type DemoPerson, type PersonKey, people } from './people.ts'
import type { DemoTalk } from './talk.ts'
import { momentOf } from './when.ts'

/** What a channel would have told of one line that the customer wrote. What began by a form goes on by mail, in answer to ours. */
export function arrivalOf(
  office: Office,
  talk: DemoTalk,
  { now, index, thread, conversationId }: { now: Date; index: number; thread: string; conversationId?: string },
) {
  const at = momentOf(talk, talk.lines[index]?.[0] ?? 0, now)
  const isAnswer = isForm(talk.via) && conversationId !== undefined
  return {
    account: office.accounts[isAnswer ? 'info' : talk.via],
    arrivalId: newId(),
    receivedAt: at,
    facts: [
      {
        type: 'message' as const,
        id: lineId(thread, index),
        threads: isAnswer ? [`reply:${conversationId}`, thread] : [thread],
        direction: 'in' as const,
        from: isAnswer ? writerOf(talk.person) : senderOf(talk),
        to: [],
        sentAt: at,
        ...(talk.subject ? { subject: index === 0 ? talk.subject : `Re: ${talk.subject}` } : {}),
        text: talk.lines[index]?.[2] ?? '',
        files: [],
        context: contextOf(talk, at, index),
      },
    ],
  }
}

/** The provider's id of a line. */
export const lineId = (thread: string, index: number): string => `<${thread}.${index}@demo.example>`

/** What stands in a form was only typed. */
function senderOf({ person, via, fields }: DemoTalk) {
  if (!isForm(via)) return writerOf(person)
  const { firstName, lastName, email, phone }: DemoPerson = people[person]
  return {
    address: email ?? phone ?? '',
    ...nameOf(person),
    identities: [
      ...(email ? [{ kind: 'email' as const, value: email, proven: false }] : []),
      ...(phone ? [{ kind: 'phone' as const, value: phone, proven: false }] : []),
    ],
    claims: { ...(firstName ? { firstName } : {}), ...(lastName ? { lastName } : {}), ...fields },
  }
}

/** Somebody whom the channel vouches for: by e-mail, or as a visitor with a token. */
function writerOf(person: PersonKey) {
  const { email }: DemoPerson = people[person]
  const kind: 'email' | 'visitor' = email ? 'email' : 'visitor'
  const address = email ?? visitorOf(person)
  return { address, ...nameOf(person), identities: [{ kind, value: address, proven: true }] }
}

function nameOf(person: PersonKey): { name?: string } {
  const { firstName, lastName }: DemoPerson = people[person]
  const name = [firstName, lastName].filter(Boolean).join(' ')
  return name === '' ? {} : { name }
}

const isForm = (via: AccountKey) => accounts[via].kind === 'form'

/** A token in the form of those that the site chat gives out. */
export const visitorOf = (person: PersonKey) => {
  const hex = createHash('sha256').update(`demo visitor ${person}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

const HOUR_MS = 3_600_000

function contextOf({ via, page, fields }: DemoTalk, at: Date, index: number): Record<string, string> {
  if (index > 0) return {}
  return {
    ...(page ? { page } : {}),
    ...fields,
    ...(via === 'callback' ? { callback_to: new Date(at.getTime() + 2 * HOUR_MS).toISOString() } : {}),
  }
}

/** True when nobody has to hand the talk over: its owner works in the team of its account and answers first. */
export function isTakenByOwner({ owner, via, lines }: DemoTalk): boolean {
  const first = lines.find(([, who]) => who !== 'customer' && !who.endsWith(' note'))
  return owner !== undefined && first?.[1] === owner && operators[owner].teams.includes(accounts[via].team)
}
