import { afterAll, beforeAll, expect, test } from 'vitest'
import { aConversation, anAccount } from '../support/inbox.ts'
import { type BrowserOkno, barriers, openWindow, startForBrowsers } from '../support/window.ts'

let okno: BrowserOkno
const label = (text: string) => ({ en: text, ru: text })

beforeAll(async () => {
  okno = await startForBrowsers()
  await okno.call('POST', '/objects/person/fields', { key: 'limit', type: 'money', label: label('Лимит') })
  for (const [name, city] of [
    ['Анна Белова', 'Тверь'],
    ['Борис Чернов', 'Тверь'],
    ['Вера Серова', 'Тула'],
  ])
    await okno.call('POST', '/people', { name, city })
})
afterAll(() => okno?.close())

test('columns are chosen, moved and widened by keyboard, kept in a view and found there again', async () => {
  const { page, errors, leave } = await openWindow(okno)
  const heads = async () => page.getByRole('columnheader').allInnerTexts()
  await page.goto(`${okno.platform.config.publicUrl}/people?sort=name`)
  await page.getByRole('gridcell', { name: 'Тула' }).waitFor()

  await page.getByRole('button', { name: 'Столбцы' }).click()
  const panel = page.getByRole('dialog')
  for (const name of ['Компания', 'Почта', 'Телефон', 'Ответственный', 'Создана'])
    await panel.getByRole('checkbox', { name, exact: true }).click()
  await panel.getByRole('checkbox', { name: 'Лимит' }).click()
  expect(await barriers(page)).toEqual([])
  await page.keyboard.press('Escape')
  await panel.waitFor({ state: 'detached' })
  expect(await heads()).toEqual(['', 'Имя', 'Город', 'Стадия', 'Лимит'])

  await page.getByRole('columnheader', { name: 'Лимит' }).focus()
  await page.keyboard.press('Alt+Shift+ArrowLeft')
  await page.getByRole('columnheader', { name: 'Лимит' }).and(page.locator('[aria-colindex="4"]:focus')).waitFor()
  await page.keyboard.press('Alt+ArrowRight')
  await page.waitForURL((address) => (address.searchParams.get('cols') ?? '').includes('custom.limit:160'))
  await page.getByRole('button', { name: 'Сохранить как вид' }).click()
  await panel.getByRole('textbox', { name: 'Название' }).fill('Лимиты')
  await panel.getByRole('button', { name: 'Сохранить', exact: true }).click()
  await page.getByRole('button', { name: 'Лимиты' }).and(page.locator('[aria-current]')).waitFor()

  await page.reload()
  await page.getByRole('columnheader', { name: 'Лимит' }).waitFor()
  expect(await heads()).toEqual(['', 'Имя', 'Город', 'Лимит', 'Стадия'])
  expect((await page.getByRole('columnheader', { name: 'Лимит' }).boundingBox())?.width).toBe(160)
  expect(await page.getByRole('columnheader', { name: 'Имя' }).getAttribute('aria-sort')).toBe('ascending')
  expect(errors).toEqual([])
  await leave()
})

test('cells are filled in by keyboard alone, and a refused value goes back with a word', async () => {
  const { page, errors, leave } = await openWindow(okno)
  await page.goto(`${okno.platform.config.publicUrl}/people?sort=name&cols=name,city,custom.limit,emails`)
  await page.getByRole('gridcell', { name: 'Тула' }).waitFor()
  const focused = (place: string) => page.locator(`[data-place="${place}"]:focus`).waitFor()

  await page.getByRole('link', { name: 'Борис Чернов' }).locator('xpath=..').focus()
  await page.keyboard.press('ArrowRight')
  await focused('1:2')
  await page.keyboard.press('F2')
  await page.keyboard.press('Control+A')
  await page.keyboard.type('Торжок')
  await page.keyboard.press('Tab')
  await focused('1:3')
  await page.keyboard.press('Enter')
  await page.keyboard.type('1500')
  await page.keyboard.press('Enter')
  await focused('1:3')
  await page.getByRole('gridcell', { name: 'Торжок' }).waitFor()
  await page.getByRole('gridcell', { name: /1\s500/ }).waitFor()

  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await page.keyboard.type('не почта')
  await page.keyboard.press('Enter')
  await page.getByText('Значение не подходит полю.').waitFor()
  expect(await page.locator('[data-place="1:4"]').textContent()).toBe('')
  await page.keyboard.press('Enter')
  await page.keyboard.type('boris@example.com')
  await page.keyboard.press('Escape')
  await focused('1:4')
  expect(await page.locator('[data-place="1:4"]').textContent()).toBe('')
  expect(await barriers(page)).toEqual([])

  // A cell shows what was typed before it is stored.
  await expect
    .poll(async () => (await okno.call('GET', '/people?q=Борис')).body.items[0])
    .toMatchObject({ city: 'Торжок', custom: { limit: { amount: 1500, currency: 'RUB' } } })
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/people\/[0-9a-f-]{36}/)
  // The refusal is told by the browser too.
  expect(errors.filter((error) => !error.includes('422'))).toEqual([])
  await leave()
})

test('conversations stand in the grid: changed in their cells, opened beside, with fields of the company’s own', async () => {
  await okno.call('POST', '/objects/conversation/fields', { key: 'order', type: 'text', label: label('Номер заказа') })
  const shop = await anAccount(okno)
  const first = await aConversation(okno, shop, { subject: 'Возврат дивана' })
  await aConversation(okno, shop, { text: 'Где мой стол?' })
  const { page, errors, leave } = await openWindow(okno)
  const focused = (place: string) => page.locator(`[data-place="${place}"]:focus`).waitFor()

  await page.getByRole('link', { name: 'Все обращения' }).click()
  await page.getByRole('link', { name: 'Где мой стол?' }).waitFor()
  await page.goto(`${okno.platform.config.publicUrl}/conversations?sort=number&cols=subject,status,tags,custom.order`)
  await page.getByRole('link', { name: 'Возврат дивана' }).locator('xpath=..').focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  expect(await page.getByRole('option').allInnerTexts()).toEqual(['В работе', 'Ждём клиента', 'Закрыто'])
  await page.getByRole('option', { name: 'Закрыто' }).click()
  await page.locator('[data-place="0:2"]', { hasText: 'Закрыто' }).waitFor()
  await page.locator('[data-place="0:3"]').dblclick()
  await page.keyboard.type('возврат')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await focused('0:4')
  await page.locator('[data-place="0:3"]', { hasText: 'возврат' }).waitFor()
  expect(await barriers(page)).toEqual([])
  await expect
    .poll(async () => (await okno.call('GET', `/conversations/${first.id}`)).body)
    .toMatchObject({ status: 'closed', tags: ['возврат'] })

  await page.getByRole('link', { name: 'Возврат дивана' }).click()
  await page.waitForURL(/\/conversations\/[0-9a-f-]{36}/)
  await page.getByRole('button', { name: 'Поля: 0 из 1' }).click()
  const fields = page.getByRole('region', { name: 'Поля обращения' })
  await fields.getByRole('button', { name: /Номер заказа/ }).click()
  await fields.getByRole('textbox', { name: 'Номер заказа' }).fill('А-7')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Поля: 1 из 1' }).waitFor()
  await page.locator('[data-place="0:4"]', { hasText: 'А-7' }).waitFor()
  expect(await barriers(page)).toEqual([])
  await page.getByRole('button', { name: 'Назад к списку' }).click()
  await page.getByRole('region', { name: /Обращение/ }).waitFor({ state: 'detached' })
  expect(errors).toEqual([])
  await leave()
})
