import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BrowserOkno, barriers, openWindow, type Person, startForBrowsers } from '../support/window.ts'

let okno: BrowserOkno
let operator: Person

beforeAll(async () => {
  okno = await startForBrowsers()
  const label = (text: string) => ({ en: text, ru: text })
  await okno.call('POST', '/objects', { key: 'pet', label: { one: label('Питомец'), many: label('Питомцы') } })
  operator = await openWindow(okno)
})
afterAll(async () => {
  await operator?.leave()
  await okno?.close()
})

const nobody = crypto.randomUUID()

test.each([
  ['/people/import', 'Такой карточки нет', 'Ко всем контактам', '/people'],
  [`/people/${nobody}`, 'Такой карточки нет', 'Ко всем контактам', '/people'],
  ['/companies/xyz', 'Такой компании нет', 'Ко всем компаниям', '/companies'],
  ['/inbox/abc', 'Такого обращения нет, или оно вам не открыто', 'К обращениям', '/inbox'],
  ['/conversations/abc', 'Такого обращения нет, или оно вам не открыто', 'К обращениям', '/inbox'],
  ['/objects/custom.pet/abc', 'Такой записи нет', 'Ко всем записям', '/objects/custom.pet'],
  ['/objects/custom.dragon', 'Такого объекта нет', 'Ко всем записям', '/objects'],
  ['/imports/abc', 'Такого импорта нет', 'Все импорты', '/imports'],
  ['/nowhere/at-all', 'Здесь ничего нет', 'К обращениям', '/inbox'],
])('%s, typed by hand, says that there is no such thing and leads back', async (address, words, back, to) => {
  const { page } = operator
  await page.goto(okno.platform.config.publicUrl + address)
  await page.getByRole('heading', { name: words, exact: true }).waitFor()
  expect(await page.getByRole('button', { name: 'Повторить' }).count()).toBe(0)
  // The frame stands: every other place is at hand too.
  await page.getByRole('navigation', { name: 'Главное меню' }).waitFor()
  expect(await barriers(page)).toEqual([])
  await page.getByRole('main').getByRole('link', { name: back, exact: true }).click()
  await page.waitForURL(({ pathname }) => pathname === to)
  await page.getByRole('heading', { name: words, exact: true }).waitFor({ state: 'detached' })
})
