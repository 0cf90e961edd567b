import { Pool } from 'undici'
import { API_KEY } from './okno.ts'

/** One request: `body` makes it a POST. */
export interface Question {
  readonly path: string
  readonly body?: unknown
}

/** What came of asking: latencies in ms, how long it took altogether, and what the answers weigh. */
export interface Asked {
  readonly latencies: number[]
  readonly seconds: number
  readonly bytes: number
}

/**
 * Asks one question after another over each of the kept-open connections, `count` together, as the administrator's key. Runs in this
 * process, the server in another. Throws on any answer that is not 2xx.
 */
export async function ask(
  url: string,
  { connections = 1, count, question }: { connections?: number; count: number; question: (n: number) => Question },
): Promise<Asked> {
  const pool = new Pool(url, { connections, pipelining: 1 })
  const latencies: number[] = []
  let [next, bytes] = [0, 0]
  const began = performance.now()
  const one = async () => {
    for (let n = next++; n < count; n = next++) {
      const sent = performance.now()
      bytes += (await answerTo(pool, question(n))).length
      latencies.push(performance.now() - sent)
    }
  }
  await Promise.all(Array.from({ length: connections }, one))
  const seconds = (performance.now() - began) / 1000
  await pool.close()
  return { latencies, seconds, bytes }
}

async function answerTo(pool: Pool, { path, body }: Question): Promise<string> {
  const answer = await pool.request({
    path,
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${API_KEY}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.body.text()
  if (answer.statusCode >= 300) throw new Error(`${path}: ${answer.statusCode} ${text}`)
  return text
}

/** The `cursor` behind so many pages of a list. */
export async function cursorAfter(url: string, path: string, pages: number): Promise<string> {
  const pool = new Pool(url, { connections: 1 })
  let cursor = ''
  for (let page = 0; page < pages; page++) {
    const joint = path.includes('?') ? '&' : '?'
    const text = await answerTo(pool, { path: `${path}${joint}limit=200${cursor ? `&cursor=${cursor}` : ''}` })
    // The form of every list.
    cursor = (JSON.parse(text) as { nextCursor: string | null }).nextCursor ?? cursor
  }
  await pool.close()
  return cursor
}
