import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BrowserOkno, barriers, openWindow, type Person, startForBrowsers } from '../support/window.ts'

const PEOPLE = 120

let okno: BrowserOkno
let operator: Person

beforeAll(async () => {
  okno = await startForBrowsers()
  const { body: company } = await okno.call('POST', '/companies', { name: 'ООО «Кров»', inn: '5900000010' })
  for (let number = 1; number <= PEOPLE; number++)
    await okno.call('POST', '/people', {
      name: `Клиент ${String(number).padStart(3, '0')}`,
      stage: number % 2 ? 'lead' : 'customer',
      ...(number === 7 ? { companyIds: [company.id] } : {}),
    })
  operator = await openWindow(okno)
})
afterAll(async () => {
  await operator?.leave()
  await okno?.close()
})

test('a long list holds few rows, loads as one scrolls, and narrows by words and stage', async () => {
  const { page } = operator
  await page.getByRole('link', { name: 'Контакты' }).click()
  const list = page.getByRole('grid', { name: 'Контакты' })
  await list.getByText('Клиент 120').waitFor()
  expect(await list.getByRole('row').count()).toBeLessThan(50)
  expect(await barriers(page)).toEqual([])

  for (let i = 0; i < 60 && !(await list.getByText('Клиент 001').isVisible()); i++) {
    await list.hover()
    await page.mouse.wheel(0, 600)
    await page.waitForLoadState('networkidle')
  }
  await list.getByText('Клиент 001').waitFor()

  await page.getByRole('combobox', { name: 'Стадия' }).click()
  await page.getByRole('option', { name: 'Клиент', exact: true }).click()
  await list.getByText('Клиент 119').waitFor({ state: 'detached' })
  await page.getByRole('textbox', { name: /^Имя, телефон/ }).fill('Клиент 042')
  await list.getByText('Клиент 042').waitFor()
})

test('a card opened by hand stands beside the list; its company shows who works there', async () => {
  const { page } = operator
  await page.getByRole('link', { name: 'Контакты' }).first().click()
  await page.getByRole('button', { name: 'Новый контакт' }).click()
  const panel = page.getByRole('dialog')
  await panel.getByLabel('Имя и фамилия').fill('Вера Лугова')
  await panel.getByLabel('Телефон').fill('8 922 123-45-67')
  await panel.getByRole('combobox', { name: 'Компания' }).fill('кров')
  await page.getByRole('option', { name: 'ООО «Кров»' }).click()
  expect(await barriers(page)).toEqual([])
  await panel.getByRole('button', { name: 'Создать карточку' }).click()
  await page
    .getByRole('complementary', { name: 'Карточка' })
    .getByText('+7 922 123-45-67')
    .or(page.getByText('+79221234567'))
    .first()
    .waitFor()

  await page.getByRole('link', { name: 'Компании' }).click()
  await page.getByRole('grid', { name: 'Компании' }).getByRole('link', { name: 'ООО «Кров»' }).click()
  const card = page.getByRole('complementary', { name: 'Карточка' })
  // The history of the company names them too, as soon as it is read.
  const people = card.getByRole('region', { name: 'Контакты' })
  await people.getByText('Клиент 007').waitFor()
  await people.getByRole('link', { name: 'Вера Лугова' }).click()
  await page.getByRole('heading', { name: 'Вера Лугова' }).waitFor()
  expect(await barriers(page)).toEqual([])
  expect(operator.errors).toEqual([])
})
