import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import {
  type BrowserOkno,
  barriers,
  openPage,
  openWindow,
  type Person,
  startForBrowsers,
  write,
} from '../support/window.ts'

let okno: BrowserOkno
let operator: Person
let visitor: Person

beforeAll(async () => {
  okno = await startForBrowsers()
  const { body: account } = await okno.call('POST', '/accounts', { kind: 'webchat', name: 'Чат на сайте', config: {} })
  operator = await openWindow(okno)
  visitor = await openPage(`${okno.platform.config.publicUrl}/chat-demo/${account.key}`)
})
afterAll(async () => {
  await visitor?.leave()
  await operator?.leave()
  await okno?.close()
})

/** Words in the chat as the visitor sees them; a screen reader is told of them in a place of its own. */
const bubble = (hasText: string) => visitor.page.locator('.bubble', { hasText })

test('a visitor and an operator talk, each in a browser of their own, and nothing needs a reload', async () => {
  const site = visitor.page
  const window = operator.page
  const box = site.getByRole('textbox', { name: 'Напишите сообщение' })

  await site.getByRole('button', { name: /Открыть чат/ }).click()
  await box.fill('Здравствуйте! Есть ли комод «Луна» в белом цвете?')
  await box.press('Enter')
  await window.getByText('Есть ли комод «Луна»').first().click()
  await window.getByText('Есть ли комод «Луна»').last().waitFor()

  await write(window, 'r', 'Добрый день! Да, на складе три штуки.')
  await bubble('Да, на складе три штуки.').waitFor()
  await window.getByText('Прочитано').first().waitFor()

  await box.fill('Беру!')
  await box.press('Enter')
  await window.getByText('Беру!').last().waitFor()
  await site.reload()
  await site.getByRole('button', { name: /Открыть чат/ }).click()
  await bubble('Да, на складе три штуки.').waitFor()

  expect(await barriers(site)).toEqual([])
  expect([...visitor.errors, ...operator.errors]).toEqual([])
})

test('an answer read by the visitor before its writer hears that it was stored is shown as read', async () => {
  const window = operator.page
  const text = 'Привезём в субботу до полудня.'
  const shown = window.getByRole('article').filter({ hasText: text })
  let answer = () => {}
  const isRead = new Promise<void>((resolve) => {
    answer = resolve
  })
  await window.route('**/replies', async (route) => {
    const response = await route.fetch()
    await isRead
    await route.fulfill({ response })
  })

  await write(window, 'r', text)
  await shown.getByText('Прочитано').waitFor()
  answer()
  // The one on its way goes when its answer was taken in.
  await eventually(async () => (await shown.count()) === 1)

  expect(await shown.getByText('Прочитано').count()).toBe(1)
  await window.unroute('**/replies')
})

test('an internal note never reaches the visitor', async () => {
  const window = operator.page
  await write(window, 'n', 'Клиент торопится, отгрузить сегодня.')
  await window.getByText('Клиент торопится').last().waitFor()

  await write(window, 'r', 'Оформляю заказ.')
  await bubble('Оформляю заказ.').waitFor()

  expect(await visitor.page.getByText('Клиент торопится').count()).toBe(0)
})
