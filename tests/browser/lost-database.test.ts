import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '#platform/server/free-port'
import type { OknoServer } from '../../app/server/server.ts'
import { aConversation, anAccount } from '../support/inbox.ts'
import { type Line, layLine } from '../support/line.ts'
import { eventually } from '../support/platform.ts'
import { type BrowserOkno, openWindow, type Person, startForBrowsers } from '../support/window.ts'

let okno: BrowserOkno
let line: Line
/** The process of the window; it reaches the database by the line. */
let near: OknoServer
let operator: Person
beforeAll(async () => {
  okno = await startForBrowsers()
  line = await layLine(okno.database.url)
  const port = await freePort()
  near = await okno.another({
    PORT: String(port),
    OKNO_PUBLIC_URL: `http://127.0.0.1:${port}`,
    OKNO_SMTP_PORT: 'off',
    OKNO_ROLES: 'web',
    DATABASE_URL: line.url,
  })
  operator = await openWindow({ ...okno, platform: near.platform })
})
afterAll(async () => {
  line?.mend()
  await operator?.leave()
  await okno?.close()
  line?.close()
})

test('a window that was refused while the database was away comes back by itself, and hears what happens', async () => {
  const { page } = operator
  const { publicUrl } = near.platform.config
  const heard: string[] = []
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(String(payload))))
  await page.goto(`${publicUrl}/inbox`)
  await eventually(() => heard.some((frame) => frame.includes('"hello"')))
  const cookies = await page.context().cookies()
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  await line.cut()
  // Who somebody is is remembered for some seconds.
  await eventually(async () => (await fetch(`${publicUrl}/api/v1/me`, { headers: { cookie } })).status === 503)

  for (const window of near.platform.live.io.of('/operators').sockets.values()) window.conn.close()
  await page.getByText('Нет связи. Новые сообщения').waitFor()
  await eventually(() => heard.some((frame) => frame.includes('server.unavailable')))
  expect(new URL(page.url()).pathname).toContain('/inbox')

  line.mend()
  await page.getByText('Нет связи. Новые сообщения').waitFor({ state: 'hidden' })
  const shop = await anAccount(okno)
  const { fact } = await aConversation(okno, shop)
  await page
    .getByText(fact.from.name ?? '')
    .first()
    .waitFor()
})
