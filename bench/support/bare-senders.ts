import { createTransport } from 'nodemailer'
import pg from 'pg'
import { Agent } from 'undici'
import { markOf } from './answers.ts'

interface Target {
  readonly databaseUrl: string
  readonly port: number
  readonly accounts: number
  readonly count: number
}

/** Messages per second over one pool of three connections for each account, as Okno's own sender has them. */
export async function bareMail(target: Target): Promise<number> {
  const transports = Array.from({ length: target.accounts }, () =>
    createTransport({ pool: true, host: '127.0.0.1', port: target.port, ignoreTLS: true, maxConnections: 3 }),
  )
  const perSecond = await sendAll(target, { atOnce: 3 * target.accounts }, async (n) => {
    await transports[n % transports.length]?.sendMail({
      from: 'Help <help@okno.example>',
      to: 'anna@shop.example',
      subject: 'Заказ',
      text: markOf(n, 0),
    })
  })
  for (const transport of transports) transport.close()
  return perSecond
}

/** Posts per second over kept-open connections. */
export async function bareWebhook(target: Target): Promise<number> {
  const agent = new Agent({ connections: 8 * target.accounts })
  const perSecond = await sendAll(target, { atOnce: 8 * target.accounts }, async (n) => {
    const { body } = await agent.request({
      origin: `http://127.0.0.1:${target.port}`,
      path: '/',
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'message', id: n, to: { id: 'u1' }, text: markOf(n, 0), files: [] }),
    })
    await body.dump()
  })
  await agent.close()
  return perSecond
}

/** Sends and then writes down durably that it was sent, message by message. */
async function sendAll(
  { databaseUrl, count }: Target,
  { atOnce }: { atOnce: number },
  send: (n: number) => Promise<void>,
): Promise<number> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 12 })
  await pool.query('create table if not exists floor_sent (id int primary key, sent_at timestamptz)')
  await pool.query('truncate floor_sent')
  await pool.query('insert into floor_sent select generate_series(0, $1::int - 1)', [count])
  let next = 0
  const began = performance.now()
  const worker = async () => {
    for (let n = next++; n < count; n = next++) {
      await send(n)
      await pool.query('update floor_sent set sent_at = now() where id = $1', [n])
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  const seconds = (performance.now() - began) / 1000
  await pool.end()
  return count / seconds
}
