import { markOf } from './answers.ts'
import { load } from './load.ts'
import { API_KEY, type BenchOkno } from './okno.ts'

/** Makes accounts that send to a receiver on this machine, and conversations in which one answer each has gone out. */
export async function openConversations(
  okno: BenchOkno,
  {
    kind,
    port,
    accounts,
    conversations,
  }: { kind: 'api' | 'email'; port: number; accounts: number; conversations: number },
): Promise<void> {
  const made: { id: string; key: string }[] = []
  for (let n = 0; n < accounts; n++) {
    const config =
      kind === 'api'
        ? { webhookUrl: `http://127.0.0.1:${port}/`, allowPrivateAddresses: true }
        : { address: `help${n}@okno.example`, smtp: { host: '127.0.0.1', port, security: 'none' } }
    made.push(await okno.call('POST', '/accounts', { kind, name: `Bench ${n}`, config }))
  }
  const accountOf = (n: number) => made[n % made.length] ?? { id: '', key: '' }
  if (kind === 'api') await answerWebhooks(okno, conversations, accountOf)
  else await writeFirst(okno, conversations, accountOf)
}

type AccountOf = (n: number) => { id: string; key: string }

async function answerWebhooks(okno: BenchOkno, count: number, accountOf: AccountOf) {
  await load(okno.url, {
    connections: 16,
    count,
    request: (n) => ({
      path: `/in/${accountOf(n).key}`,
      body: JSON.stringify({
        id: `q${n}`,
        thread: `t${n}`,
        from: { id: `u${n}`, name: `Клиент ${n}` },
        text: 'Где заказ?',
      }),
    }),
  })
  const ids = await conversationIds(okno, count)
  await post(okno, ids.length, (n) => ({
    path: `/conversations/${ids[n]}/replies`,
    body: { text: markOf(`first${n}`, 0) },
  }))
}

async function writeFirst(okno: BenchOkno, count: number, accountOf: AccountOf) {
  const { id: personId } = await okno.call<{ id: string }>('POST', '/people', { name: 'Анна Петрова' })
  await post(okno, count, (n) => ({
    path: '/conversations',
    body: {
      personId,
      accountId: accountOf(n).id,
      to: `anna${n}@shop.example`,
      subject: 'Заказ',
      text: markOf(`first${n}`, 0),
    },
  }))
}

const post = (okno: BenchOkno, count: number, request: (n: number) => { path: string; body: unknown }) =>
  load(okno.url, {
    connections: 8,
    count,
    request: (n) => ({
      path: `/api/v1${request(n).path}`,
      body: JSON.stringify(request(n).body),
      headers: { authorization: `Bearer ${API_KEY}` },
    }),
  })

async function conversationIds(okno: BenchOkno, count: number): Promise<string[]> {
  for (;;) {
    const rows = await okno.query<{ id: string }>('select id from inbox.conversations')
    if (rows.length >= count) return rows.map(({ id }) => id)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/**
 * Queues answers as `sendReply` does, in one transaction, evenly over all conversations: message, delivery, and the job that wakes the
 * sender of each account. Written by SQL, because how fast answers can be given is another question. When they were queued, by the
 * machine's clock in milliseconds.
 */
export async function queueAnswers(okno: BenchOkno, count: number): Promise<number> {
  const [{ conversations } = { conversations: 1 }] = await okno.query<{ conversations: number }>(
    'select count(*)::int as conversations from inbox.conversations',
  )
  const rounds = Math.ceil(count / conversations)
  await okno.query(QUEUE, [rounds])
  return performance.timeOrigin + performance.now()
}

const QUEUE = `
  with model as (
    select distinct on (m.conversation_id) m as message, d as delivery, row_number() over (order by m.conversation_id) as number
    from inbox.messages m join channels.deliveries d on d.workspace_id = m.workspace_id and d.id = m.id
    order by m.conversation_id, m.seq desc
  ), answer as materialized (
    select message, delivery, uuidv7() as id, (message).seq + n as seq,
      'answer ' || substr(md5((message).conversation_id::text), 1, 8) || '/' || (message).seq + n || '.' as text
    from generate_series(1, $1::int) as n cross join model order by n, number
  ), messages as (
    insert into inbox.messages
    select row.* from answer cross join lateral jsonb_populate_record(message, jsonb_build_object(
      'id', id, 'seq', seq, 'text', text, 'delivery', 'queued', 'provider_id', null, 'sent_at', now(), 'created_at', now())) as row
  ), deliveries as (
    insert into channels.deliveries
    select row.* from answer cross join lateral jsonb_populate_record(delivery, jsonb_build_object(
      'id', id, 'message', (delivery).message || jsonb_build_object('text', text), 'state', 'queued', 'attempts', 0, 'provider_id', null,
      'lease_until', null, 'queued_at', now(), 'next_try_at', now(), 'created_at', now())) as row
  ), conversations as (
    update inbox.conversations c set last_seq = c.last_seq + $1
    from model where c.workspace_id = (model.message).workspace_id and c.id = (model.message).conversation_id
  )
  select platform.add_jobs(jsonb_agg(jsonb_build_object(
    'identifier', 'channels.deliver', 'job_key', 'deliver:' || id,
    'payload', jsonb_build_object('workspaceId', workspace_id, 'data', jsonb_build_object('accountId', id)))))
  from channels.accounts`
