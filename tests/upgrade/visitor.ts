import { createHmac } from 'node:crypto'
import { PUBLIC_URL } from '../support/okno-process.ts'

/** Who signs in to the kept database, and with what. Throw-away: it exists in the fixture only. */
export const ADMIN = { email: 'admin@okno.example', password: 'kept-release-1' }
export const GUARDED = { email: 'guarded@okno.example', password: 'kept-release-2' }
export const API_KEY = 'okno_key_of_a_kept_release'
export const API_SECRET = 'a secret that both sides of the kept release know'

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into freely, and differ from version to version
export type Body = any

/** Calls the public API with the administrator's key. */
export const caller =
  (url: string, key = API_KEY) =>
  async (method: string, address: string, body?: unknown, headers: Record<string, string> = {}): Promise<Body> => {
    const isForm = body instanceof FormData
    const response = await fetch(`${url}/api/v1${address}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${address}: ${response.status} ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }
export type Call = ReturnType<typeof caller>

/** As a browser asks: with cookies, from Okno's own page. */
export async function signIn(url: string, address: string, body: unknown, cookie = '') {
  const response = await fetch(`${url}/api/auth/${address}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: PUBLIC_URL, cookie },
    body: JSON.stringify(body),
  })
  const cookies = response.headers.getSetCookie().map((line) => line.split(';')[0])
  return { status: response.status, body: (await response.json()) as Body, cookie: cookies.join('; ') }
}

/** Hands a message over as the other system does, signed with the account's secret. Resolves to the status. */
export async function handOver(url: string, key: string, message: object): Promise<number> {
  const body = JSON.stringify(message)
  const seconds = Math.floor(Date.now() / 1000)
  const hex = createHmac('sha256', API_SECRET).update(`${seconds}.${body}`).digest('hex')
  const response = await fetch(`${url}/in/${key}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'okno-signature': `t=${seconds},v1=${hex}` },
    body,
  })
  return response.status
}
