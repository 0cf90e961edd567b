import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type TestOkno, testPlatform } from '../../tests/support/platform.ts'

const problem = z.object({ type: z.string(), code: z.string() })
let okno: TestOkno
beforeAll(async () => {
  okno = await testPlatform()
})
afterAll(() => okno.close())

const open = (address: string, accept = 'application/json') =>
  fetch(new URL(address, okno.url), { headers: { accept } })

test('the type of a problem leads to its explanation, for people and programs', async () => {
  const unknown = await okno.call('GET', '/teams/none')
  expect(unknown.body.type).toBe(`/api/problems/${unknown.body.code}`)

  const refused = problem.parse(await (await fetch(`${okno.url}/api/v1/me`)).json())
  const told = await open(refused.type)
  expect(await told.json()).toEqual({
    code: 'access.sign_in_required',
    texts: { en: 'Sign in first.', ru: expect.stringMatching(/\p{Script=Cyrillic}/u) },
  })
  const page = await open(refused.type, 'text/html')
  expect(page.headers.get('content-type')).toMatch('text/html')
  expect(await page.text()).toContain('Sign in first.')
})

test('a code without words of its own still resolves, what is no code of ours does not', async () => {
  expect((await open('/api/problems/channels.unknown_chat')).status).toBe(200)
  expect((await open('/api/problems/nothing.of_ours')).status).toBe(404)
  expect((await open('/api/problems/<script>')).status).toBe(404)
})
