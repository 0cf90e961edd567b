import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import {
  type BrowserOkno,
  barriers,
  holdAnswer,
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
  const { letGo } = await holdAnswer(window, '**/replies', 'POST')

  await write(window, 'r', text)
  await shown.getByText('Прочитано').waitFor()
  letGo()
  // The one on its way goes when its answer was taken in.
  await eventually(async () => (await shown.count()) === 1)

  expect(await shown.getByText('Прочитано').count()).toBe(1)
  await window.unroute('**/replies')
})

test('what the visitor writes while the thread is on its way stands in it', async () => {
  const window = operator.page
  const { isAsked, letGo } = await holdAnswer(window, '**/messages?*', 'GET')
  await window.reload()
  await isAsked

  const box = visitor.page.getByRole('textbox', { name: 'Напишите сообщение' })
  await box.fill('И тумбу к нему.')
  await box.press('Enter')
  const heard = window.getByRole('link', { name: /И тумбу к нему/ })
  await heard.first().waitFor()
  letGo()

  await window.getByRole('article').filter({ hasText: 'И тумбу к нему.' }).waitFor()
  await window.unroute('**/messages?*')
})

test('a colleague’s change is not taken back by the answer to one’s own that was made before', async () => {
  const window = operator.page
  const urgency = (name: string) => window.getByRole('button', { name: `Приоритет: ${name}` })
  const { body } = await okno.call('GET', '/conversations')
  const path = `/conversations/${body.items[0].id}`
  const { isAsked, letGo } = await holdAnswer(window, `**${path}`, 'PATCH')

  await urgency('Обычный').click()
  await window.getByRole('menuitem', { name: 'Срочный' }).click()
  await isAsked
  await okno.call('PATCH', path, { priority: 'low' })
  await urgency('Низкий').waitFor()
  const isAnswered = window.waitForResponse((response) => response.request().method() === 'PATCH')
  letGo()
  await isAnswered
  // The answer is looked at, and what stood there before is read once more.
  await window.waitForResponse((response) => response.url().endsWith(path) && response.request().method() === 'GET')

  await urgency('Низкий').waitFor()
  await window.unroute(`**${path}`)
})

test('a draft that is still on its way does not come back after the answer was sent', async () => {
  const window = operator.page
  const { body } = await okno.call('GET', '/conversations')
  const path = `/conversations/${body.items[0].id}/draft`
  const { promise: isLetGo, resolve: letGo } = Promise.withResolvers<void>()
  await window.route(`**${path}`, async (route) => {
    if (route.request().method() === 'PUT') await isLetGo
    await route.continue()
  })
  const isSaving = window.waitForRequest((request) => request.url().endsWith(path) && request.method() === 'PUT')
  const answerTo = (method: string) =>
    window.waitForResponse((response) => response.url().endsWith(path) && response.request().method() === method)
  const areAnswered = Promise.all([answerTo('PUT'), answerTo('DELETE')])

  await window.getByRole('textbox', { name: 'Ответ' }).fill('Тумба найдётся.')
  await isSaving
  await window.keyboard.press('Control+Enter')
  await bubble('Тумба найдётся.').waitFor()
  letGo()
  await areAnswered

  const drafts = await okno.platform.database.pool.query('select text from inbox.drafts')
  expect(drafts.rows).toEqual([])
  await window.unroute(`**${path}`)
})

test('a talk that is closed while the visitor writes stays open, and says why', async () => {
  const window = operator.page
  const { promise: isLetGo, resolve: letGo } = Promise.withResolvers<void>()
  await window.route('**/api/v1/conversations/*', async (route) => {
    if (route.request().method() === 'PATCH') await isLetGo
    await route.continue()
  })
  const isClosing = window.waitForRequest((request) => request.method() === 'PATCH')
  const close = window.getByRole('button', { name: 'Закрыть', exact: true }).filter({ hasText: 'Закрыть' })
  await close.click()
  await isClosing
  const box = visitor.page.getByRole('textbox', { name: 'Напишите сообщение' })
  await box.fill('Постойте, ещё одно!')
  await box.press('Enter')
  await window.getByRole('article').filter({ hasText: 'Постойте, ещё одно!' }).waitFor()

  letGo()

  await window.getByText('Тем временем в обращении написали').waitFor()
  await close.waitFor()
  const { body } = await okno.call('GET', '/conversations')
  expect(body.items[0].status).toBe('open')
  await window.unroute('**/api/v1/conversations/*')
})

test('an internal note never reaches the visitor', async () => {
  const window = operator.page
  await write(window, 'n', 'Клиент торопится, отгрузить сегодня.')
  await window.getByText('Клиент торопится').last().waitFor()

  await write(window, 'r', 'Оформляю заказ.')
  await bubble('Оформляю заказ.').waitFor()

  expect(await visitor.page.getByText('Клиент торопится').count()).toBe(0)
})
