import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BrowserOkno, barriers, openWindow, startForBrowsers } from '../support/window.ts'

let okno: BrowserOkno
beforeAll(async () => {
  okno = await startForBrowsers()
})
afterAll(() => okno?.close())

test('a narrowed list is kept as a view, shared, changed, found again by its address and removed', async () => {
  for (const [name, city] of [
    ['Анна Белова', 'Тверь'],
    ['Борис Чернов', 'Тверь'],
    ['Вера Серова', 'Тула'],
  ])
    await okno.call('POST', '/people', { name, city, stage: name === 'Анна Белова' ? 'customer' : 'lead' })
  const { page, errors, leave } = await openWindow(okno)
  const url = okno.platform.config.publicUrl
  const views = page.getByRole('navigation', { name: 'Виды списка' })
  const row = (name: string) => page.getByRole('link', { name: new RegExp(name) })
  const inTver = { field: 'city', op: 'eq', value: 'Тверь' }

  await page.goto(`${url}/people?sort=name&filter=${encodeURIComponent(JSON.stringify(inTver))}`)
  await row('Борис Чернов').waitFor()
  expect(await row('Вера Серова').count()).toBe(0)
  await page.getByRole('button', { name: 'Сохранить как вид' }).click()
  const form = page.getByRole('dialog')
  await form.getByRole('textbox', { name: 'Название' }).fill('Тверские')
  await form.getByRole('switch', { name: 'Общий вид' }).click()
  expect(await barriers(page)).toEqual([])
  await form.getByRole('button', { name: 'Сохранить', exact: true }).click()
  await views.getByRole('button', { name: 'Тверские' }).and(page.locator('[aria-current]')).waitFor()
  expect(await page.getByRole('button', { name: 'Сохранить как вид' }).count()).toBe(0)

  await page
    .getByRole('combobox', { name: 'Стадия' })
    .or(page.getByRole('textbox', { name: 'Стадия' }))
    .click()
  await page.getByRole('option', { name: 'Клиент', exact: true }).click()
  await row('Борис Чернов').waitFor({ state: 'detached' })
  await page.reload()
  await page.getByRole('button', { name: 'Сохранить изменения' }).click()
  await page.waitForURL((address) => !address.search.includes('stage'))
  await row('Анна Белова').waitFor()
  expect(await row('Борис Чернов').count()).toBe(0)
  expect(await barriers(page)).toEqual([])

  await views.getByRole('button', { name: 'Все', exact: true }).click()
  await row('Вера Серова').waitFor()
  await page.goBack()
  await row('Вера Серова').waitFor({ state: 'detached' })

  await page.getByRole('button', { name: 'Настроить вид «Тверские»' }).click()
  await form.getByRole('button', { name: 'Удалить вид' }).click()
  const question = page.getByRole('dialog').filter({ has: page.getByText('Удалить этот вид у всех?') })
  await question.last().getByRole('button', { name: 'Удалить вид' }).last().click()
  await row('Вера Серова').waitFor()
  await expect.poll(() => views.getByRole('button').count()).toBe(1)

  const { items } = (await okno.call('GET', `/people?q=${encodeURIComponent('Анна Белова')}`)).body
  for (const name of ['ООО «Дуб»', 'ООО «Вяз»']) {
    const company = (await okno.call('POST', '/companies', { name })).body
    await okno.call('PUT', `/people/${items[0].id}/companies/${company.id}`, {})
  }
  await page.getByRole('button', { name: 'Столбцы' }).click()
  await page.getByRole('dialog').getByRole('combobox', { name: 'Группировать' }).click()
  await page.getByRole('option', { name: 'Компания', exact: true }).click()
  await page.getByRole('dialog').getByText('стоит под каждым').waitFor()
  await page.keyboard.press('Escape')
  for (const name of ['ООО «Дуб»', 'ООО «Вяз»', 'Не указано'])
    await page.getByRole('button', { name, expanded: true }).waitFor()
  await row('Анна Белова').nth(1).waitFor()
  expect(await row('Анна Белова').count()).toBe(2)
  expect(await barriers(page)).toEqual([])
  expect(errors).toEqual([])
  await leave()
})
