import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { eventually } from '../support/platform.ts'
import { type BrowserOkno, barriers, openPage, startForBrowsers } from '../support/window.ts'

let okno: BrowserOkno
let shop: Server
let shopUrl: string
const keys = { request: '', callback: '' }

beforeAll(async () => {
  okno = await startForBrowsers()
  const make = async (config: object) =>
    (await okno.call('POST', '/accounts', { kind: 'form', name: 'Форма', config })).body.key as string
  keys.request = await make({ consent: { text: 'Согласен на обработку данных' } })
  keys.callback = await make({ type: 'callback', title: 'Перезвоним вам' })
  // A company's site on another origin.
  shop = createServer((_request, response) => {
    const script = `${okno.platform.config.publicUrl}/f/${keys.request}/embed.js`
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    response.end(
      `<!doctype html><html lang="ru"><title>Столы</title><h1>Столы</h1><script src="${script}"></script></html>`,
    )
  })
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve))
  shopUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/stoly`
})
afterAll(async () => {
  await okno?.close()
  shop?.close()
})

/** The newest message of the conversation with this person. */
const messageOf = (name: string) =>
  eventually(async () => {
    const { body } = await okno.call('GET', '/conversations?view=all&sort=recent')
    const found = body.items.find((one: { person: { name: string } }) => one.person.name === name)
    if (!found) return undefined
    const messages = await okno.call('GET', `/conversations/${found.id}/messages`)
    return messages.body.items.findLast(({ direction }: { direction: string }) => direction === 'in')
  })

test('a form in a frame on the company’s site: what is wrong is said, what is right arrives with the page it came from', async () => {
  const visitor = await openPage(shopUrl)
  const form = visitor.page.frameLocator('iframe')

  await form.getByLabel('Имя').fill('Мария Соколова')
  await form.getByLabel('E-mail').fill('maria')
  await form.getByLabel('Сообщение').fill('Сколько стоит стол?')
  // The page counts from its opening: people take longer than programs.
  await visitor.page.waitForFunction(() => performance.now() > 2500)
  await form.getByRole('button', { name: 'Отправить' }).click()
  await form.getByRole('alert').waitFor()
  expect(await form.getByLabel('Имя').inputValue()).toBe('Мария Соколова')
  expect(await form.getByLabel('E-mail').getAttribute('aria-invalid')).toBe('true')

  await form.getByLabel('E-mail').fill('maria@home.test')
  await form.getByLabel('Согласен на обработку данных').check()
  await form.getByRole('button', { name: 'Отправить' }).click()
  await form.getByRole('status').waitFor()

  const message = await messageOf('Мария Соколова')
  expect(message.text).toContain('Сколько стоит стол?')
  expect(message.context).toMatchObject({ page: shopUrl })
  // A refused form is written to the console by the browser itself.
  expect(visitor.errors.filter((error) => !error.includes('422'))).toEqual([])
  await visitor.leave()
})

test('a callback is asked for without JavaScript, on a phone, with nothing in the way of anybody', async () => {
  const address = `${okno.platform.config.publicUrl}/f/${keys.callback}`
  const checked = await openPage(address, { viewport: { width: 390, height: 800 } })
  expect(await barriers(checked.page)).toEqual([])
  const width = await checked.page.evaluate<number>('document.documentElement.scrollWidth')
  expect(width).toBe(390)
  await checked.leave()

  const { context, close } = await openBrowser({ viewport: { width: 390, height: 800 }, javaScriptEnabled: false })
  const page = context.pages()[0] ?? (await context.newPage())
  await page.goto(address)
  await page.getByLabel('Имя').fill('Пётр')
  await page.getByLabel('Телефон').fill('8 912 345-67-89')
  await page.getByLabel('Когда вам позвонить').selectOption({ index: 1 })
  // The form wants the two seconds that a person needs; there is nothing on the page to wait for.
  await page.waitForTimeout(2100)
  await page.getByRole('button', { name: 'Отправить' }).click()
  await page.getByRole('status').waitFor()
  await close()

  const message = await messageOf('Пётр')
  expect(message.context.callback_from).toMatch(/^\d{4}-\d\d-\d\dT/)
  expect(message.text).toContain('☎')
})
