import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { z } from 'zod'
import { call } from './servers.ts'
import type { Door } from './talk.ts'

const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })
const conversation = z.object({ id: z.string(), lastSeq: z.number(), person: z.object({ id: z.string() }) })
const message = z.object({
  id: z.string(),
  seq: z.number(),
  direction: z.enum(['in', 'out', 'note', 'event']),
  text: z.string(),
  files: z.array(z.unknown()),
  event: z.object({ code: z.string() }).nullable(),
  delivery: z.object({ state: z.string(), reason: z.string().nullable() }).nullable(),
})

export type SeenMessage = z.infer<typeof message>
export interface SeenConversation {
  readonly id: string
  readonly lastSeq: number
  readonly personId: string
  readonly messages: readonly SeenMessage[]
}

/** Everything that an operator could read, by the public API alone. */
export async function readEverything(doors: readonly Door[]): Promise<SeenConversation[]> {
  const found = new Map<string, z.infer<typeof conversation>>()
  for (const view of ['all', 'closed']) {
    for (const one of await readList(doors, `/conversations?view=${view}&sort=recent`, conversation))
      found.set(one.id, one)
  }
  const seen: SeenConversation[] = []
  for (const { id, lastSeq, person } of found.values()) {
    const messages = await readList(doors, `/conversations/${id}/messages?`, message)
    seen.push({ id, lastSeq, personId: person.id, messages: messages.toSorted((a, b) => a.seq - b.seq) })
  }
  return seen
}

async function readList<Item extends z.ZodType>(doors: readonly Door[], address: string, item: Item) {
  const items: z.infer<Item>[] = []
  let cursor: string | null = ''
  for (let n = 0; cursor !== null; n++) {
    const door = doors[n % doors.length]
    if (!door) throw new Error('No server.')
    const answer = await call(door, 'GET', `${address}&limit=200${cursor ? `&cursor=${cursor}` : ''}`)
    if (answer?.status !== 200) throw new Error(`${address}: ${JSON.stringify(answer)}`)
    const read = page(item).parse(answer.body)
    items.push(...read.items)
    cursor = read.nextCursor
  }
  return items
}

/** What the database says of work that nobody has done yet: a second witness, which counts only. */
export interface Unfinished {
  readonly arrivalsWaiting: number
  readonly arrivalsUnreadable: number
  readonly deliveriesOpen: number
  readonly jobsStuck: number
  /** Raw arrivals by the name of their account. */
  readonly arrivals: Readonly<Record<string, number>>
}

// A job that was running when one with its key was added loses key and tries to it: when it then fails, the other has its work.
const COUNTS = `select
  (select count(*)::int from channels.arrivals where state = 'new') as "arrivalsWaiting",
  (select count(*)::int from channels.arrivals where state = 'unreadable') as "arrivalsUnreadable",
  (select count(*)::int from channels.deliveries where state in ('queued', 'sending')) as "deliveriesOpen",
  (select count(*)::int from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where locked_at is not null or (run_at < now() - interval '5 s' and is_available)
      or (attempts >= max_attempts and not (key is null and identifier in ('channels.read_arrivals', 'channels.deliver', 'customers.follow_cards')))) as "jobsStuck",
  (select coalesce(jsonb_object_agg(name, count), '{}') from (
    select c.name, count(*)::int from channels.arrivals a join channels.accounts c on c.workspace_id = a.workspace_id and c.id = a.account_id
      group by c.name) as counted) as "arrivals"`

/** Waits until nothing is left to do and `isAllTaken`, or for `patienceMs`. */
export async function untilQuiet(
  adminUrl: string,
  { patienceMs, isAllTaken }: { patienceMs: number; isAllTaken: (unfinished: Unfinished) => boolean },
): Promise<{ unfinished: Unfinished; ms: number }> {
  const client = new pg.Client(adminUrl.replace(/\/[^/]*$/, '/okno'))
  await client.connect()
  const began = performance.now()
  try {
    for (;;) {
      const { rows } = await client.query<Unfinished>(COUNTS)
      const [unfinished] = rows
      if (!unfinished) throw new Error('No counts.')
      const ms = performance.now() - began
      const { arrivalsWaiting, deliveriesOpen, jobsStuck } = unfinished
      const isDone = arrivalsWaiting + deliveriesOpen + jobsStuck === 0 && isAllTaken(unfinished)
      if (isDone || ms > patienceMs) return { unfinished, ms }
      await delay(500)
    }
  } finally {
    await client.end()
  }
}
