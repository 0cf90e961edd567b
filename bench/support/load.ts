import { Pool } from 'undici'

/**
 * Sends `count` requests over `connections` kept-open connections, each the next when the last was answered. Runs in this process, the
 * server in another. Answers with latencies in ms; throws on any answer that is not 2xx.
 */
export async function load(
  url: string,
  {
    connections,
    count,
    request,
  }: {
    connections: number
    count: number
    request: (n: number) => { path: string; body: string; headers?: Record<string, string> }
  },
): Promise<{ latencies: number[]; seconds: number }> {
  const pool = new Pool(url, { connections, pipelining: 1 })
  const latencies: number[] = []
  let next = 0
  const began = performance.now()
  const one = async () => {
    while (next < count) {
      const { path, body, headers } = request(next++)
      const sent = performance.now()
      const answer = await pool.request({
        path,
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      })
      const text = await answer.body.text()
      if (answer.statusCode >= 300) throw new Error(`${path}: ${answer.statusCode} ${text}`)
      latencies.push(performance.now() - sent)
    }
  }
  await Promise.all(Array.from({ length: connections }, one))
  const seconds = (performance.now() - began) / 1000
  await pool.close()
  return { latencies, seconds }
}
