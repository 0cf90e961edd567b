import { createHash } from 'node:crypto'
import { API_KEY, type Body, type Call, caller } from './visitor.ts'

/**
 * What people have in Okno, read through the public API: what must be there after an upgrade as it was before. What the
 * clock or a later version changes by itself (states, deadlines, what somebody may do) is left out.
 */
export async function whatIsSeen(url: string) {
  const call = caller(url)
  const conversations = await everything(call, '/conversations?view=all&sort=recent')
  return {
    workspace: pick(await call('GET', '/workspace'), ['name', 'locale', 'timeZone']),
    operators: sorted(await everything(call, '/operators'), ['email', 'name', 'role']),
    teams: sorted(await everything(call, '/teams'), ['name']),
    accounts: sorted(await everything(call, '/accounts'), ['id', 'kind', 'name', 'key']),
    people: sorted(await everything(call, '/people'), ['id', 'name']),
    companies: sorted(await everything(call, '/companies'), ['id', 'name']),
    settings: await call('GET', '/inbox/settings'),
    snippets: sorted(await everything(call, '/snippets'), ['shortcut', 'title', 'text']),
    unreadable: sorted(
      (await everything(call, '/arrivals')).filter(({ state }) => state === 'unreadable'),
      ['id', 'state'],
    ),
    conversations: await Promise.all(
      conversations.toSorted((a, b) => a.number - b.number).map((conversation) => talk(url, call, conversation)),
    ),
  }
}
export type Seen = Awaited<ReturnType<typeof whatIsSeen>>

async function talk(url: string, call: Call, { id, number, subject, person }: Body) {
  // What happened to the conversation is told among the messages, and goes on by itself; what was said stays.
  const said = (await everything(call, `/conversations/${id}/messages`))
    .filter(({ direction }) => direction !== 'event')
    .toSorted((a, b) => a.seq - b.seq)
  const files = await Promise.all(said.flatMap((message) => message.files).map((file: Body) => contentOf(url, file)))
  const words = said.map((message) =>
    pick(message, ['id', 'seq', 'direction', 'channel', 'subject', 'text', 'quoted', 'html', 'sentAt', 'isDeleted']),
  )
  return { number, subject, person: person.name, said: said.length, words: digest(JSON.stringify(words)), files }
}

async function contentOf(url: string, { id, name, mime, sizeBytes }: Body) {
  const response = await fetch(`${url}/api/v1/files/${id}`, { headers: { authorization: `Bearer ${API_KEY}` } })
  return { name, mime, sizeBytes, content: digest(Buffer.from(await response.arrayBuffer())) }
}

async function everything(call: Call, address: string): Promise<Body[]> {
  const items: Body[] = []
  let cursor: string | null = null
  do {
    const query: string = cursor ? `cursor=${encodeURIComponent(cursor)}` : ''
    const page: Body = await call('GET', `${address}${address.includes('?') ? '&' : '?'}${query}`)
    items.push(...page.items)
    cursor = page.nextCursor ?? null
  } while (cursor)
  return items
}

const digest = (content: string | Buffer) => createHash('sha256').update(content).digest('hex')
const pick = (thing: Body, names: readonly string[]) => Object.fromEntries(names.map((name) => [name, thing[name]]))
const sorted = (things: readonly Body[], names: readonly string[]) =>
  things.map((thing) => pick(thing, names)).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
