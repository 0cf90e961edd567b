import { randomUUID } from 'node:crypto'
import type { Arrival, MessageFact } from '../../modules/inbox/server/uses.ts'
import type { Actor } from '../../platform/shared/actor.ts'
import { newId } from '../../platform/shared/ids.ts'
import type { TestOkno } from './platform.ts'

/** Builders for tests around conversations. */

export type Account = Arrival['account']

/** An account of the API channel, with nobody outside. */
export async function anAccount(
  okno: TestOkno,
  { name = 'Магазин', teamId = null, kind = 'api' }: { name?: string; teamId?: string | null; kind?: string } = {},
): Promise<Account> {
  const { status, body } = await okno.call('POST', '/accounts', { kind, name, teamId, config: {} })
  if (status >= 300) throw new Error(`No account: ${JSON.stringify(body)}`)
  return { id: body.id, kind: body.kind, name: body.name, teamId: body.teamId }
}

/** A message of a customer; a new one with every call. */
export function aMessage(message: Partial<MessageFact> & { sender?: string } = {}): MessageFact {
  const { sender = `${randomUUID()}@example.test`, ...rest } = message
  const id = randomUUID()
  return {
    type: 'message',
    id,
    threads: [id],
    direction: 'in',
    from: { address: sender, name: 'Анна Петрова', identities: [{ kind: 'email', value: sender, proven: true }] },
    to: [],
    sentAt: new Date(),
    text: 'Здравствуйте! Где мой заказ?',
    files: [],
    ...rest,
  }
}

export const anArrival = (account: Account, facts: Arrival['facts'], receivedAt = new Date()): Arrival => ({
  account,
  arrivalId: newId(),
  receivedAt,
  facts,
})

/** Hands messages to the inbox, as channels do. */
export const receive = (okno: TestOkno, account: Account, facts: MessageFact[], at = okno.platform.now()) =>
  okno.platform.transaction(okno.workspaceId, (tx) =>
    okno.modules.inbox.receiver.receiveAll(tx, [anArrival(account, facts, at)]),
  )

/** A conversation that has just been opened by a customer. */
export async function aConversation(okno: TestOkno, account: Account, message: Parameters<typeof aMessage>[0] = {}) {
  const fact = aMessage({ sentAt: okno.platform.now(), ...message })
  await receive(okno, account, [fact])
  const [conversation] = await conversationsOf(okno, fact.from.address)
  return { ...conversation, fact, sender: fact.from.address }
}

/** Conversations of the person with this address, as the API shows them, newest first. */
export async function conversationsOf(okno: TestOkno, address: string) {
  const { rows } = await okno.platform.database.pool.query(
    'select person_id from customers.identities where workspace_id = $1 and value = $2',
    [okno.workspaceId, address],
  )
  if (rows.length === 0) return []
  const filter = encodeURIComponent(JSON.stringify({ personId: rows[0].person_id }))
  return (await okno.call('GET', `/conversations?sort=recent&filter=${filter}`)).body.items
}

/** The thread of a conversation as the API shows it. */
export const threadOf = async (okno: TestOkno, id: string) =>
  (await okno.call('GET', `/conversations/${id}/messages?limit=200`)).body.items

let people = 0

export interface Colleague {
  readonly id: string
  readonly name: string
  readonly actor: Actor
  /** Calls the API as this operator. */
  call: TestOkno['call']
  /** The session's cookie. */
  cookie(): Promise<string>
}

/** An operator with a session of their own; away until `present` is called. */
export async function anOperator(
  okno: TestOkno,
  {
    role = 'operator',
    teamIds = [],
    capacity = 8,
  }: Partial<Pick<Actor, 'role' | 'teamIds'>> & { capacity?: number } = {},
): Promise<Colleague> {
  const name = `Оператор ${++people}`
  const who = { email: `operator${people}-${randomUUID()}@okno.test`, password: 'test-password-1' }
  const created = await okno.call('POST', '/operators', { ...who, name, role, teamIds, capacity })
  if (created.status !== 201) throw new Error(`No operator: ${JSON.stringify(created.body)}`)
  const id: string = created.body.id
  const actor = await okno.platform.transaction(okno.workspaceId, (tx) => okno.modules.access.actorOf(tx, id))
  return { id, name, actor, ...sessionOf(okno, who) }
}

/** Signs in once, when first needed. */
function sessionOf(okno: TestOkno, who: { email: string; password: string }): Pick<Colleague, 'call' | 'cookie'> {
  let signedIn: Promise<string> | undefined
  const cookie = () => {
    signedIn ??= signIn(okno, who)
    return signedIn
  }
  return {
    cookie,
    call: async (method, address, body, headers = {}) => {
      const json: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' }
      const response = await fetch(`${okno.url}/api/v1${address}`, {
        method,
        headers: { cookie: await cookie(), ...json, ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
    },
  }
}

/** Another company on the same server, with its administrator and one thing of each kind. */
export async function anotherCompany(okno: TestOkno) {
  const workspaceId = newId()
  const who = { email: `${workspaceId}@okno.test`, password: 'test-password-1' }
  await okno.platform.database.pool.query('insert into platform.workspaces (id, name) values ($1, $2)', [
    workspaceId,
    'Южный дом',
  ])
  const draft = { ...who, name: 'Директор', role: 'administrator' as const, capacity: 8, teamIds: [] }
  const { id: operatorId } = await okno.modules.access.createOperator({ ...okno.admin, workspaceId }, draft)
  const session = sessionOf(okno, who)
  const team = await session.call('POST', '/teams', { name: 'Продажи', operatorIds: [] })
  const account = await session.call('POST', '/accounts', { kind: 'api', name: 'Чужой', config: {} })
  const file = await okno.platform.transaction(workspaceId, (tx) =>
    okno.platform.files.save(tx, { name: 'a.txt', mime: 'text/plain', content: new Uint8Array([1]) }),
  )
  return {
    workspaceId,
    operatorId,
    teamId: String(team.body.id),
    accountId: String(account.body.id),
    fileId: file.id,
    ...session,
  }
}

async function signIn(okno: TestOkno, who: { email: string; password: string }): Promise<string> {
  const response = await fetch(`${okno.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(who),
  })
  if (!response.ok) throw new Error(`Not signed in: ${response.status} ${await response.text()}`)
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
}

/** Opens or closes the windows of operators, without a browser. */
export async function setPresent(okno: TestOkno, ids: readonly string[], isPresent = true): Promise<void> {
  await okno.platform.database.pool.query(
    'update access.presence set seen_at = $2, is_present = $3 where operator_id = any($1)',
    [ids, isPresent ? okno.platform.now() : new Date(0), isPresent],
  )
}

export async function aTeam(okno: TestOkno, name = `Команда ${randomUUID()}`): Promise<string> {
  const { status, body } = await okno.call('POST', '/teams', { name, operatorIds: [] })
  if (status !== 201) throw new Error(`No team: ${JSON.stringify(body)}`)
  return body.id
}
