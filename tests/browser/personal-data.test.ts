import { mkdirSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BrowserOkno, barriers, openWindow, type Person, startForBrowsers } from '../support/window.ts'

let okno: BrowserOkno
let administrator: Person
const SHOTS = process.env.PERSONAL_DATA_SHOTS
const NAME = 'Константин Вознесенский-Покровский'

beforeAll(async () => {
  okno = await startForBrowsers()
  await okno.call('POST', '/people', {
    name: NAME,
    emails: ['konstantin@example.test'],
    phones: ['+79130001122'],
    city: 'Омск',
  })
  await okno.call('POST', '/people', { name: 'Анна Петрова', phones: ['+79130003344'] })
  administrator = await openWindow(okno)
})
afterAll(async () => {
  await administrator?.leave()
  await okno?.close()
})

const shot = async (name: string) => {
  if (!SHOTS) return
  mkdirSync(SHOTS, { recursive: true })
  await administrator.page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true })
}

test('a list is taken away; a person’s data is given out, restricted and erased, and the proof is found by the address', async () => {
  const { page } = administrator
  await page.goto(`${okno.platform.config.publicUrl}/people`)
  await page.getByRole('button', { name: 'Выгрузить' }).click()
  const panel = page.getByRole('dialog', { name: 'Выгрузить список' })
  await panel.getByText('CSV', { exact: true }).click()
  await shot('export-list')
  expect(await barriers(page)).toEqual([])
  await panel.getByRole('button', { name: 'Подготовить файл' }).click()
  const download = page.waitForEvent('download')
  await panel.getByRole('link', { name: /^Скачать/ }).click()
  expect((await download).suggestedFilename()).toMatch(/^Контакты .*\.csv$/)
  await page.keyboard.press('Escape')

  await page.getByRole('link', { name: NAME }).first().click()
  const block = page.getByRole('region', { name: 'Персональные данные' })
  await block.getByRole('button', { name: 'Выгрузить данные' }).click()
  await block.getByRole('link', { name: /^Скачать/ }).waitFor()
  await block.getByRole('button', { name: 'Ограничить обработку' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Ограничить обработку' }).click()
  await page.getByRole('status').getByText('Обработка ограничена').waitFor()
  await block.scrollIntoViewIfNeeded()
  await shot('restricted')

  await block.getByRole('button', { name: 'Удалить данные…' }).click()
  const erasing = page.getByRole('dialog', { name: 'Удалить данные человека' })
  await erasing.getByLabel('Введите имя с карточки').fill('Константин')
  await erasing.getByRole('button', { name: 'Удалить навсегда' }).click()
  await erasing.getByText('Имя не совпадает с именем на карточке.').waitFor()
  await shot('erase')
  expect(await barriers(page)).toEqual([])
  await erasing.getByLabel('Введите имя с карточки').fill(NAME)
  await erasing.getByRole('button', { name: 'Удалить навсегда' }).click()
  await page.getByRole('status').getByText('Данные удалены').waitFor()

  await page.goto(`${okno.platform.config.publicUrl}/settings/personal-data`)
  await page.getByLabel('Адрес или номер').fill('8 913 000-11-22')
  await page.getByRole('button', { name: 'Проверить' }).click()
  await expect.poll(() => page.getByText('Требование человека').count()).toBe(2)
  await page.getByText('ничего не осталось').first().waitFor()
  await shot('settings')
  expect(await barriers(page)).toEqual([])
  await page.setViewportSize({ width: 390, height: 844 })
  await shot('settings-390')
  // The name that was typed wrongly on purpose.
  expect(administrator.errors.filter((error) => !error.includes('422'))).toEqual([])
})
