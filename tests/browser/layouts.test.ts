import { mkdirSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type BrowserOkno,
  barriers,
  holdAnswer,
  openPage,
  openWindow,
  type Person,
  startForBrowsers,
} from '../support/window.ts'

let okno: BrowserOkno
let admin: Person
let operator: Person
let personId: string
const SHOTS = process.env.COMPANY_SHOTS
const OPERATOR = { name: 'Ольга', email: 'olga@okno.test', password: 'test-password-1', role: 'operator' }

beforeAll(async () => {
  okno = await startForBrowsers()
  await okno.call('POST', '/operators', OPERATOR)
  const made = await okno.call('POST', '/people', { name: 'Мария Соколова', phones: ['+79120000001'] })
  personId = made.body.id
  admin = await openWindow(okno)
})
afterAll(async () => {
  await operator?.leave()
  await admin?.leave()
  await okno?.close()
})

const shot = async (name: string) => {
  if (!SHOTS) return
  mkdirSync(SHOTS, { recursive: true })
  await admin.page.screenshot({ path: `${SHOTS}/${name}.png` })
}
const headingsOf = (card: ReturnType<Person['page']['locator']>) =>
  card.getByRole('heading', { level: 3 }).allTextContents()

test('blocks are moved by mouse and by keyboard, hidden, tried out on a real card, and an operator sees them so', async () => {
  const { page } = admin
  await page.goto(`${okno.platform.config.publicUrl}/settings/card-layouts`)
  await page.getByRole('combobox', { name: 'Для кого' }).click()
  await page.getByRole('option', { name: 'Оператор', exact: true }).click()
  const blocks = page.getByRole('list', { name: 'Блоки' })
  await blocks.getByText('История').waitFor()

  await blocks.getByRole('switch', { name: 'Показывать: Семья и домочадцы' }).focus()
  await page.keyboard.press('Space')
  await blocks.getByRole('button', { name: 'Выше: История' }).focus()
  await page.keyboard.press('Enter')
  const items = blocks.getByRole('listitem')
  const before = await items.allTextContents()
  const fields = before.indexOf('Сведения')
  const [from, to] = [await items.nth(fields).boundingBox(), await items.nth(0).boundingBox()]
  if (!from || !to) throw new Error('The list is not shown.')
  await page.mouse.move(from.x + 16, from.y + from.height / 2)
  await page.mouse.down()
  await page.mouse.move(to.x + 16, to.y + 4, { steps: 20 })
  await page.mouse.up()
  const after = ['Сведения', ...before.filter((title) => title !== 'Сведения')]
  await expect.poll(() => items.allTextContents()).toEqual(after)
  expect(after.indexOf('История')).toBe(after.length - 2)

  await page.getByRole('combobox', { name: 'Чью карточку показать' }).fill('Соколова')
  await page.getByRole('option', { name: /Мария Соколова/ }).click()
  await page.getByText('+79120000001').first().waitFor()
  expect(await page.getByText('Удалить данные').count()).toBe(0)
  expect(await barriers(page)).toEqual([])
  await shot('layouts-1440')
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await barriers(page)).toEqual([])
  await shot('layouts-390')
  await page.setViewportSize({ width: 1440, height: 900 })
  const save = page.getByRole('button', { name: 'Сохранить' })
  const files = blocks.getByRole('switch', { name: 'Показывать: Файлы' })
  const saving = await holdAnswer(page, '**/api/v1/card-layouts/**', 'PUT')
  await save.click()
  await saving.isAsked
  await files.focus()
  await page.keyboard.press('Space')
  saving.letGo()
  await page.getByText('Порядок задан здесь').waitFor()
  // What was changed while the rest was on its way is still to be saved.
  await save.and(page.locator(':enabled')).click()
  await save.and(page.locator(':disabled:not([data-loading])')).waitFor()
  expect(await files.isChecked()).toBe(false)

  operator = await openPage(okno.platform.config.publicUrl)
  await operator.page.locator('input[type=email]').fill(OPERATOR.email)
  await operator.page.locator('input[type=password]').fill(OPERATOR.password)
  await operator.page.keyboard.press('Enter')
  await operator.page.getByRole('navigation').first().waitFor()
  await operator.page.goto(`${okno.platform.config.publicUrl}/people/${personId}`)
  const card = operator.page.getByRole('complementary')
  await card.getByRole('heading', { name: 'Мария Соколова' }).waitFor()
  await card.getByRole('heading', { name: 'История' }).waitFor()
  const seen = await headingsOf(card)
  expect(seen[0]).toBe('Сведения')
  expect(seen).not.toContain('Семья и домочадцы')
  expect(seen).not.toContain('Файлы')
  // Without the right a block is not there, whatever a layout says.
  expect(seen).not.toContain('Персональные данные')
  expect([...admin.errors, ...operator.errors]).toEqual([])
})

test('thresholds show what they would have meant, and all cards are compared from the settings', async () => {
  const { page } = admin
  await page.goto(`${okno.platform.config.publicUrl}/settings/same-people`)
  await page.getByRole('textbox', { name: 'Спрашивать от' }).fill('99.9')
  await page.getByText('Порог вопроса должен быть ниже').first().waitFor()
  await page.getByRole('textbox', { name: 'Спрашивать от' }).fill('70')
  await page.getByRole('button', { name: 'Сохранить' }).click()
  await page.getByText('Сохранено').first().waitFor()
  await page.getByRole('button', { name: 'Сравнить все карточки' }).click()
  await page.getByText(/В прошлый раз сравнили пар/).waitFor()
  expect(await barriers(page)).toEqual([])
  await shot('matching-1440')
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await barriers(page)).toEqual([])
  await shot('matching-390')
})
