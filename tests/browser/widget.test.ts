import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { anOutgoingMessage } from '../../modules/channels/server/adapters/adapter-contract.ts'
import { openBrowser, type TestBrowser } from '../support/browser.ts'
import { type ChatServer, startChatServer } from '../support/chat-server.ts'
import { eventually } from '../support/eventually.ts'

const AXE = fileURLToPath(import.meta.resolve('axe-core/axe.min.js'))

let server: ChatServer
let site: Server
let siteUrl: string
let browser: TestBrowser
let page: Page
let complaints: string[]

/** A customer's site on another origin, with a policy that allows our script and connection and nothing else. */
function aStrictSite(): Server {
  const live = server.url.replace('http', 'ws')
  return createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.setHeader(
      'content-security-policy',
      `default-src 'none'; script-src ${server.url}; connect-src ${server.url} ${live}; require-trusted-types-for 'script'`,
    )
    response.end(`<!doctype html><html lang="ru"><title>Магазин</title><h1>Магазин</h1>
      <script async src="${server.url}/widget.js" data-account="${server.key}"></script></html>`)
  })
}

beforeAll(async () => {
  server = await startChatServer()
  site = aStrictSite()
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  siteUrl = `http://localhost:${(site.address() as AddressInfo).port}/`
})
afterAll(async () => {
  site.close()
  await server.close()
})
beforeEach(async () => {
  browser = await openBrowser()
  page = await browser.context.newPage()
  complaints = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  await page.goto(siteUrl)
})
afterEach(() => browser.close())

const box = () => page.getByRole('textbox', { name: 'Напишите сообщение' })
const openChat = () => page.getByRole('button', { name: /Открыть чат/ }).click()
/** The mark below the newest own message. */
const sent = () => page.locator('.meta.sent:visible')
const ownBubbles = () => page.locator('.message.in .bubble')

async function newestThread(): Promise<string> {
  const find = () => server.query('select id from channels.chat_threads order by id desc limit 1')
  await eventually(async () => (await find()).length > 0)
  return String((await find())[0]?.id)
}

async function answer(text: string, file?: { name: string; mime: string; content: Uint8Array }) {
  const thread = await newestThread()
  await server.account.send(
    anOutgoingMessage({ id: randomUUID(), thread, fromName: 'Анна Белова', text, files: file ? [file] : [] }),
  )
}

async function write(text: string) {
  await box().fill(text)
  await box().press('Enter')
}

test('on a page with a strict policy the chat talks, shows pictures and breaks nothing', async () => {
  await openChat()
  await expect.poll(() => box().evaluate((element) => element.matches(':focus'))).toBe(true)
  await write('Здравствуйте! <img src=x onerror=alert(1)>')
  await sent().waitFor()
  await answer('Добрый день! https://shop.example/a', { name: 'фото.png', mime: 'image/png', content: onePixel })

  await page.getByRole('img', { name: 'фото.png' }).waitFor()
  expect(await ownBubbles().allTextContents()).toEqual(['Здравствуйте! <img src=x onerror=alert(1)>'])
  expect(await page.getByRole('link', { name: 'https://shop.example/a' }).getAttribute('rel')).toContain('noopener')
  const panel = `document.querySelector('div[data-theme]').shadowRoot.querySelector('.panel')`
  expect(await page.evaluate(`getComputedStyle(${panel}).position`)).toBe('fixed')
  expect(complaints).toEqual([])
})

test('what was written without a connection is sent in order, once, when it is back', async () => {
  await openChat()
  await write('Первое')
  await sent().waitFor()

  await browser.context.setOffline(true)
  server.platform.live.io.of('/visitors').disconnectSockets(true)
  await write('Второе')
  await write('Третье')
  await expect.poll(() => page.getByText('Отправим, когда появится связь').count()).toBe(2)
  await browser.context.setOffline(false)
  await page.evaluate(`dispatchEvent(new Event('online'))`)

  const stored = async () =>
    (
      await server.query('select text from channels.chat_entries where thread_id = $1 order by seq', [
        await newestThread(),
      ])
    ).map(({ text }) => text)
  await expect.poll(stored).toEqual(['Первое', 'Второе', 'Третье'])
  await expect.poll(() => page.getByText('Отправим, когда появится связь').count()).toBe(0)
  expect(await ownBubbles().allTextContents()).toEqual(['Первое', 'Второе', 'Третье'])
})

test('what was written while Okno was away outlives a reload of the page, and goes out once', async () => {
  await openChat()
  await write('Первое')
  await sent().waitFor()
  let isAway = true
  await page.routeWebSocket(/socket\.io/, (socket) => (isAway ? socket.close() : void socket.connectToServer()))
  await page.route(/\/(socket\.io|chat)\//, (route) => (isAway ? route.fulfill({ status: 503 }) : route.fallback()))
  await box().fill('Второе, ещё не отправлено')

  await page.reload()
  await openChat()
  expect(await box().inputValue()).toBe('Второе, ещё не отправлено')
  await box().press('Enter')
  await page.getByText('Отправим, когда появится связь').waitFor()
  await page.reload()
  await openChat()
  await page.getByText('Отправим, когда появится связь').waitFor()

  isAway = false
  await page.evaluate(`dispatchEvent(new Event('online'))`)
  await page.getByText('Отправим, когда появится связь').waitFor({ state: 'detached' })
  const texts = () =>
    server
      .query('select text from channels.chat_entries where thread_id = $1 order by seq', [thread])
      .then((rows) => rows.map(({ text }) => text))
  const thread = await newestThread()
  await expect.poll(texts).toEqual(['Первое', 'Второе, ещё не отправлено'])
})

test('an answer to a closed chat is counted on the button, and the talk is there after a reload', async () => {
  await openChat()
  await write('Есть кто-нибудь?')
  await sent().waitFor()
  await page.keyboard.press('Escape')
  await answer('Да, слушаю вас')

  const button = page.getByRole('button', { name: 'Открыть чат, 1 новое сообщение' })
  await button.waitFor()
  expect(await button.evaluate((element) => element.matches(':focus'))).toBe(true)
  await page.reload()
  await page.getByRole('button', { name: 'Открыть чат, 1 новое сообщение' }).click()
  await page.locator('.bubble', { hasText: 'Да, слушаю вас' }).waitFor()
  await page.getByRole('separator', { name: 'Новые сообщения' }).waitFor()
  await expect
    .poll(async () =>
      server.query('select read_seq, last_seq from channels.chat_threads where id = $1', [await newestThread()]),
    )
    .toEqual([{ read_seq: 2, last_seq: 2 }])
})

test('a browser whose token is not accepted begins anew and sees nothing of the talk before', async () => {
  await openChat()
  await write('Моя тайна')
  await sent().waitFor()

  const key = `okno.${server.key}.token`
  const other = await browser.context.newPage()
  await other.addInitScript(`localStorage.setItem('${key}', 'forged.token')`)
  await other.goto(siteUrl)
  await other.getByRole('button', { name: /Открыть чат/ }).click()
  await expect.poll(() => other.evaluate(`localStorage.getItem('${key}')`)).toMatch(/^.{60,}$/)
  expect(await other.locator('.message.in').count()).toBe(0)
})

test('the open chat passes the accessibility check, light and dark', async () => {
  await openChat()
  await write('Проверка')
  await sent().waitFor()
  await page.locator('.card').waitFor()
  await answer('Ответ')
  await page.locator('.bubble', { hasText: 'Ответ' }).waitFor()
  const axe = await readFile(AXE, 'utf8')

  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // Through the debugger's door: the page's own policy forbids evaluation.
    const { violations, passes } =
      (await page.evaluate(`${axe}; axe.run(document.querySelector('div[data-theme]')).then(
      ({ violations, passes }) => ({
        violations: violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')),
        passes: passes.map(({ id }) => id),
      }))`)) as Record<'violations' | 'passes', string[]> // made by the expression
    expect(passes).toEqual(expect.arrayContaining(['color-contrast', 'aria-dialog-name', 'label']))
    expect(violations, colorScheme).toEqual([])
  }
})

const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
