import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BrowserOkno, barriers, openWindow, type Person, startForBrowsers } from '../support/window.ts'

let okno: BrowserOkno
let operator: Person
const label = (text: string) => ({ en: text, ru: text })

beforeAll(async () => {
  okno = await startForBrowsers()
  for (const name of ['Анна Белова', 'Борис Чернов', 'Вера Серова', 'Глеб Рыжов'])
    await okno.call('POST', '/people', { name, city: 'Ржев' })
  await okno.call('POST', '/objects', { key: 'car', label: { one: label('Машина'), many: label('Машины') } })
  await okno.call('POST', '/objects/custom.car/fields', {
    key: 'driver',
    type: 'reference',
    target: 'person',
    label: label('Водитель'),
  })
  operator = await openWindow(okno)
})
afterAll(async () => {
  await operator?.leave()
  await okno?.close()
})

test('a field of chosen rows is changed and put back by keyboard alone; what changed since is left and told', async () => {
  const { page, errors } = operator
  const { keyboard } = page
  await page.goto(`${okno.platform.config.publicUrl}/people?sort=name&cols=name,city`)
  await page.getByRole('gridcell', { name: 'Ржев' }).first().waitFor()

  await page.locator('[data-place="0:1"]').focus()
  await keyboard.press('Space')
  await keyboard.press('Shift+ArrowDown')
  await keyboard.press('Shift+ArrowDown')
  await page.getByText('Выбрано: 3').waitFor()
  expect(await page.getByRole('row', { selected: true }).count()).toBe(3)
  await keyboard.press('Tab')
  await page.getByRole('button', { name: 'Изменить поле' }).and(page.locator(':focus')).waitFor()
  expect(await barriers(page)).toEqual([])
  await keyboard.press('Enter')
  const panel = page.getByRole('dialog')
  await panel.getByLabel('Поле').and(page.locator(':focus')).waitFor()
  await keyboard.type('Город')
  await page.getByRole('option', { name: 'Город', exact: true }).waitFor()
  await keyboard.press('ArrowDown')
  await keyboard.press('Enter')
  await panel.getByLabel('Значение').fill('Тверь')
  expect(await barriers(page)).toEqual([])
  await keyboard.press('Tab')
  await keyboard.press('Enter')

  const strip = page.getByRole('region', { name: 'Массовое изменение' })
  await strip.getByText('изменено 3 из 3').waitFor()
  await expect.poll(() => page.getByRole('gridcell', { name: 'Тверь' }).count()).toBe(3)
  expect(await barriers(page)).toEqual([])
  const { body } = await okno.call('GET', '/people?q=Борис')
  await okno.call('PATCH', `/people/${body.items[0].id}`, { city: 'Москва' })
  await strip.getByRole('button', { name: 'Отменить изменение' }).focus()
  await keyboard.press('Enter')
  await strip.getByText('возвращено 2 из 3').waitFor()
  await strip.getByRole('button', { name: 'Оставлено: 1' }).click()
  await strip.getByText('С тех пор изменили.').waitFor()
  await page.getByRole('gridcell', { name: 'Москва' }).waitFor()
  await expect.poll(() => page.getByRole('gridcell', { name: 'Ржев' }).count()).toBe(3)

  await page.getByRole('button', { name: 'Массовые изменения' }).click()
  await panel.getByText('возвращено 2 из 3').waitFor()
  await keyboard.press('Escape')
  expect(errors).toEqual([])
})

test('own objects have a list, records are made there, and a card tells what refers to them', async () => {
  const { page, errors } = operator
  await page.getByRole('link', { name: 'Свои объекты' }).click()
  await page.getByText('Машины: пока ничего нет').waitFor()
  await page.getByRole('button', { name: 'Новая запись' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Название' }).fill('Лада Веста')
  // The panel comes in with a shade.
  await expect.poll(() => barriers(page)).toEqual([])
  await page.getByRole('button', { name: 'Создать запись' }).click()
  const card = page.getByRole('complementary', { name: 'Карточка' })
  await card.getByRole('heading', { name: 'Лада Веста' }).waitFor()
  await card.getByRole('button', { name: /^Водитель/ }).click()
  await page.getByRole('option', { name: 'Глеб Рыжов' }).click()
  await page.getByRole('gridcell', { name: 'Глеб Рыжов' }).waitFor()
  expect(await barriers(page)).toEqual([])
  expect(errors).toEqual([])
})
