import type { BenchOkno } from './okno.ts'

const PASSWORD = 'a password of the bench'

/** Adds operators with room for any number of conversations and signs each in. Their session cookies. */
export async function signInOperators(okno: BenchOkno, count: number): Promise<string[]> {
  const cookies: string[] = []
  for (let n = 0; n < count; n++) {
    const email = `bench${n}@okno.example`
    await okno.call('POST', '/operators', { name: `Оператор ${n}`, email, password: PASSWORD, capacity: 1000 })
    const answer = await fetch(`${okno.url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password: PASSWORD }),
    })
    if (!answer.ok) throw new Error(`Sign-in: ${answer.status} ${await answer.text()}`)
    cookies.push(
      answer.headers
        .getSetCookie()
        .map((cookie) => cookie.split(';')[0])
        .join('; '),
    )
  }
  return cookies
}
