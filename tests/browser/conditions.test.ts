import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BrowserOkno, barriers, openWindow, startForBrowsers } from '../support/window.ts'

let okno: BrowserOkno
beforeAll(async () => {
  okno = await startForBrowsers()
})
afterAll(() => okno?.close())

test('a field is described, filled in on a card, asked for in a list, the list says why somebody is in it, and a formula is tried out over it', async () => {
  const { body: anna } = await okno.call('POST', '/people', { name: 'Анна Белова', city: 'Тверь' })
  await okno.call('POST', '/people', { name: 'Борис Чернов', city: 'Тверь' })
  const { page, errors, leave } = await openWindow(okno)
  const url = okno.platform.config.publicUrl

  await page.goto(`${url}/settings/fields`)
  await page.getByRole('button', { name: 'Добавить поле' }).click()
  const form = page.getByRole('dialog')
  await form.getByRole('textbox', { name: 'Название' }).fill('Размер')
  await form
    .getByRole('combobox', { name: 'Тип' })
    .or(form.getByRole('textbox', { name: 'Тип' }))
    .click()
  await page.getByRole('option', { name: 'Число', exact: true }).click()
  await form.getByRole('button', { name: 'Добавить поле' }).click()
  await page.getByText('custom.razmer', { exact: true }).waitFor()
  expect(await barriers(page)).toEqual([])

  await page.goto(`${url}/people/${anna.id}`)
  await page.getByRole('button', { name: /^Размер:/ }).click()
  await page.getByRole('textbox', { name: 'Размер' }).fill('41')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /^Размер: 41/ }).waitFor()

  await page.goto(`${url}/people`)
  await page.getByRole('button', { name: 'Условия' }).click()
  const builder = page.getByRole('region', { name: 'Условия' })
  await builder.getByRole('button', { name: 'Условие', exact: true }).focus()
  await page.keyboard.press('Enter')
  const subject = builder.getByLabel('О чём условие')
  await subject.fill('Разм')
  await page.getByRole('option', { name: 'Размер', exact: true }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await builder.getByLabel('Значение').fill('41')
  await builder.getByText('Контакты: 1', { exact: true }).waitFor()
  expect(await barriers(page)).toEqual([])

  await page.getByRole('button', { name: 'Показать найденное' }).click()
  await page.getByRole('link', { name: /Анна Белова/ }).click()
  await page.getByRole('button', { name: 'Почему этот человек здесь' }).click()

  await page.getByText('Размер — 41', { exact: true }).waitFor()
  expect(await page.getByRole('link', { name: /Борис Чернов/ }).count()).toBe(0)

  await page.goto(`${url}/settings/fields`)
  await page.getByRole('button', { name: 'Добавить поле' }).click()
  await form.getByRole('textbox', { name: 'Название' }).fill('Российский размер')
  await form
    .getByRole('combobox', { name: 'Тип' })
    .or(form.getByRole('textbox', { name: 'Тип' }))
    .click()
  await page.getByRole('option', { name: 'Формула', exact: true }).click()
  const formula = form.getByRole('textbox', { name: 'Формула' })
  await formula.fill('custom.rozmer - 1')
  await form.getByText('Поля custom.rozmer нет.').waitFor()
  await formula.fill('custom.razmer - 1')
  await form.getByText('Получится: Число.').waitFor()
  await form.getByText(/^Результат пуст, если/).waitFor()
  await form
    .getByRole('combobox', { name: 'Проба на карточке' })
    .or(form.getByRole('textbox', { name: 'Проба на карточке' }))
    .click()
  await page.getByRole('option', { name: 'Анна Белова' }).click()
  await form.getByText('40', { exact: true }).waitFor()
  expect(await barriers(page)).toEqual([])
  await form.getByRole('button', { name: 'Добавить поле' }).click()
  await form.waitFor({ state: 'detached' })
  await page.goto(`${url}/people/${anna.id}`)
  await page.getByRole('button', { name: /^Размер: 41/ }).click()
  await page.getByRole('textbox', { name: 'Размер' }).fill('43')
  await page.keyboard.press('Enter')
  await page.locator('output').getByText('42', { exact: true }).waitFor()
  expect(errors).toEqual([])
  await leave()
})
