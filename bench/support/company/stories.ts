import { hash } from 'node:crypto'
import pg from 'pg'
import type { BenchOkno } from '../okno.ts'
import { withClient } from './client.ts'
import { ENDINGS, type Ending, endings, type Talk } from './endings.ts'
import { FIRST_NUMBER, type Frame } from './frame.ts'
import { type Columns, findColumns, makeTemplate, readAll, type Template } from './sample.ts'

/**
 * Stories that a company's customers live through, told to the product by its public doors. What it writes is the measure for the
 * millions of rows of a benchmark: nobody has to remember which tables belong to a conversation.
 */

/** A form names its message by a hash of the key that it was sent with. */
const FORM_KEY = 'sampleword-form'

/** Words that stand in a sample where another customer has others. Each is a text that nothing else contains. */
const WORDS = {
  first: 'Ъимя',
  middle: 'Ъотчество',
  last: 'Ъфамилия',
  mail: 'sampleword@sample.example',
  phone: '79990001122',
  who: 'sampleword-who',
  city: 'Ъград',
  remark: 'Ъзаметка',
  company: 'Ътовары',
  inn: '7712345671',
  form: `form:${hash('sha256', `id ${FORM_KEY}`).slice(0, 40)}`,
} as const
const FULL_NAME = `${WORDS.last} ${WORDS.first} ${WORDS.middle}`
const sayingAt = (n: number) => `Ъслова${n}Ъ`
const markAt = (story: number, n: number) => `sampleword-mark-${story}-${n}-`
const threadOf = (story: number) => `sampleword-thread-${story}-`
const MAX_SAYINGS = 12

/** Ways in which people come: told by their channel, vouched for by a shop, by a form on the site. */
export const senders = ['chatter', 'buyer', 'asker'] as const
export type Sender = (typeof senders)[number]
export const stages = ['lead', 'customer', 'former'] as const

export type StoryName =
  | `${Sender} ${Ending} first`
  | `${Sender} ${Ending} again`
  | `card ${(typeof stages)[number]}`
  | 'employee'
  | 'company'

export interface Story {
  readonly template: Template
  /** Messages with the customer: in and out. */
  readonly messages: number
}

/** What a form cannot do: it cannot be answered, and each of its conversations is opened anew. */
const IN_A_FORM: readonly Ending[] = ['waits', 'ignored']

/** Every story, as the product wrote it down. Each is told to an Okno in which nothing else happens. */
export const tellStories = (
  okno: BenchOkno,
  frame: Frame,
  isWanted: (name: StoryName) => boolean = () => true,
): Promise<Map<StoryName, Story>> =>
  withClient(okno.adminUrl, async (db) => {
    await db.query(`set timezone = 'UTC'`)
    return tellAll(new Teller(okno, frame, db, await findColumns(db)), frame, isWanted)
  })

async function tellAll(
  teller: Teller,
  frame: Frame,
  isWanted: (name: StoryName) => boolean,
): Promise<Map<StoryName, Story>> {
  const told = new Map<StoryName, Story>()
  for (const sender of senders) {
    for (const ending of endings.filter((one) => sender !== 'asker' || IN_A_FORM.includes(one))) {
      const [first, again] = [`${sender} ${ending} first`, `${sender} ${ending} again`] as const
      if (!isWanted(first) && !isWanted(again)) continue
      told.set(first, await teller.conversation(sender, ending))
      if (sender !== 'asker') told.set(again, await teller.conversation(sender, ending, true))
      await teller.forgetCustomer()
    }
  }
  for (const stage of stages.filter((one) => isWanted(`card ${one}`))) {
    told.set(`card ${stage}`, await teller.card({ stage }))
    await teller.forgetCustomer()
  }
  if (isWanted('employee')) {
    told.set('employee', await teller.card({ stage: 'customer', companyIds: [frame.companyId] }))
    await teller.forgetCustomer()
  }
  if (isWanted('company')) told.set('company', await teller.company())
  return told
}

class Teller {
  readonly #okno: BenchOkno
  readonly #frame: Frame
  readonly #db: pg.Client
  readonly #columns: Columns
  #story = 0

  constructor(okno: BenchOkno, frame: Frame, db: pg.Client, columns: Columns) {
    this.#okno = okno
    this.#frame = frame
    this.#db = db
    this.#columns = columns
  }

  /** One conversation; `again`: of the customer of the story before. */
  async conversation(sender: Sender, ending: Ending, again = false): Promise<Story> {
    this.#story++
    let said = 0
    const [known] = again
      ? await this.#okno.query<{ id: string }>('select id from customers.people where name = $1', [FULL_NAME])
      : []
    const talk: Talk = {
      customer: async () => {
        await this.#hear(sender, ++said)
        await this.#settled()
      },
      operator: async (more = {}) => {
        await this.#answer('replies', { text: sayingAt(++said), ...more })
        await this.#settled()
      },
      note: () => this.#answer('notes', { text: sayingAt(++said) }),
      change: (patch) => this.#answer('', patch),
    }
    let messages = 0
    const story = await this.#tell(
      async () => {
        await ENDINGS[ending](talk)
        messages = said - (ending === 'talked' ? 1 : 0)
      },
      new Map(known ? [[known.id, 'person']] : []),
    )
    return { template: story, messages }
  }

  /** A person whose card an operator made. */
  async card(more: { stage: string; companyIds?: string[] }): Promise<Story> {
    const { first, middle, last, mail, phone, city, remark } = WORDS
    const draft = { firstName: first, middleName: middle, lastName: last, emails: [mail], phones: [`+${phone}`], city }
    const body = { ...draft, note: remark, ownerId: this.#frame.operator.id, ...more }
    return { template: await this.#tell(() => this.#okno.call('POST', '/people', body)), messages: 0 }
  }

  async company(): Promise<Story> {
    const body = { name: WORDS.company, inn: WORDS.inn, city: WORDS.city }
    return { template: await this.#tell(() => this.#okno.call('POST', '/companies', body)), messages: 0 }
  }

  /** The next story is about somebody else. Rows stay: they are in nobody's way under other words. */
  async forgetCustomer(): Promise<void> {
    for (const table of [...this.#columns.keys()].toReversed()) {
      if (
        /^(inbox|customers)\.|^channels\.(arrivals|deliveries)|search_documents/.test(table) &&
        !/companies/.test(table)
      )
        await this.#empty(table)
    }
    await this.#db.query('delete from customers.companies where name = $1', [WORDS.company])
  }

  /** Cards are compared meanwhile, which takes the same tables in another order: whoever is chosen to give way tries again. */
  async #empty(table: string): Promise<void> {
    try {
      await this.#db.query(`truncate ${table} cascade`)
    } catch (error) {
      if (!(error instanceof pg.DatabaseError) || error.code !== '40P01') throw error
      await this.#empty(table)
    }
  }

  async #tell(work: () => Promise<unknown>, more: ReadonlyMap<string, string> = new Map()): Promise<Template> {
    const before = await readAll(this.#db, this.#columns)
    const beganAt = Date.now()
    await work()
    await this.#settled()
    // What was there before and changed is not part of the story.
    const after = await readAll(this.#db, this.#columns)
    const fresh = [...after].filter(([key]) => !before.has(key)).map(([, row]) => row)
    return makeTemplate(fresh, this.#columns, { words: this.#words(more), beganAt })
  }

  #words(more: ReadonlyMap<string, string>): Map<string, string> {
    const { workspaceId, operator, accounts, teamId, companyId, host } = this.#frame
    const numbers = Array.from({ length: 200 }, (_, n) => [String(FIRST_NUMBER + n + 1), 'number'] as const)
    const said = Array.from({ length: MAX_SAYINGS }, (_, n) => [
      [sayingAt(n + 1), `saying${n + 1}`] as const,
      [markAt(this.#story, n + 1), `mark${n + 1}`] as const,
    ])
    return new Map([
      ...more,
      ...Object.entries(WORDS).map(([name, word]) => [word, name] as const),
      ...numbers,
      ...said.flat(),
      [threadOf(this.#story), 'thread'],
      [workspaceId, 'workspace'],
      [operator.id, 'operator'],
      [operator.name, 'operatorName'],
      [accounts.plain.id, 'account'],
      [accounts.trusting.id, 'account'],
      [accounts.form.id, 'account'],
      [teamId, 'team'],
      [companyId, 'companyId'],
      [host, 'host'],
    ])
  }

  async #hear(sender: Sender, n: number): Promise<void> {
    const { plain, trusting, form } = this.#frame.accounts
    const { mail, phone, who } = WORDS
    const words = { id: markAt(this.#story, n), thread: threadOf(this.#story), text: sayingAt(n) }
    if (sender === 'chatter') await this.#post(`/in/${plain.key}`, { ...words, from: { id: who, name: FULL_NAME } })
    if (sender === 'buyer') {
      const from = { id: who, name: FULL_NAME, email: mail, phone: `+${phone}` }
      await this.#post(`/in/${trusting.key}`, { ...words, from })
    }
    if (sender === 'asker')
      await this.#post(`/f/${form.key}`, { name: FULL_NAME, email: mail, message: sayingAt(n), _id: FORM_KEY })
  }

  async #post(address: string, body: object): Promise<void> {
    const headers = { 'content-type': 'application/json', accept: 'application/json' }
    const response = await fetch(`${this.#okno.url}${address}`, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`${address}: ${response.status} ${await response.text()}`)
  }

  /** To the newest conversation: `replies`, `notes`, or a change of it. */
  async #answer(what: 'replies' | 'notes' | '', body: object): Promise<void> {
    const [newest] = await this.#okno.query<{ id: string }>(
      'select id from inbox.conversations order by id desc limit 1',
    )
    if (what === '') await this.#okno.call('PATCH', `/conversations/${newest?.id}`, body)
    else await this.#okno.call('POST', `/conversations/${newest?.id}/${what}`, body)
  }

  /** Waits until nothing is under way: read, routed, delivered. */
  async #settled(): Promise<void> {
    for (let quiet = 0; quiet < 3; ) {
      const { rows } = await this.#db.query<{ busy: boolean }>(`select
        exists (select from channels.arrivals where state = 'new')
        or exists (select from channels.deliveries where state in ('queued', 'sending'))
        or exists (select from graphile_worker._private_jobs where run_at <= now() and attempts < max_attempts) as busy`)
      quiet = rows[0]?.busy ? 0 : quiet + 1
      await new Promise((resolve) => setTimeout(resolve, 30))
    }
  }
}
