import { mkdirSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BrowserOkno, barriers, openWindow, type Person, startForBrowsers } from '../support/window.ts'

let okno: BrowserOkno
let operator: Person
const SHOTS = process.env.MERGE_SHOTS

beforeAll(async () => {
  okno = await startForBrowsers()
  const create = (draft: object) => okno.call('POST', '/people', draft)
  await create({ name: 'Александр Щукин', phones: ['+79120001122'], city: 'Пермь', custom: { birthday: '1985-04-08' } })
  await create({
    name: 'Саша Щукин',
    phones: ['+79120001122'],
    emails: ['sasha@pike.test'],
    city: 'Омск',
    stage: 'customer',
    custom: { birthday: '1971-12-30' },
  })
  operator = await openWindow(okno)
})
afterAll(async () => {
  await operator?.leave()
  await okno?.close()
})

const shot = async (name: string) => {
  if (!SHOTS) return
  mkdirSync(SHOTS, { recursive: true })
  await operator.page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true })
}

test('two cards are joined with the fields one chooses, shown as one, and taken apart again', async () => {
  const { page } = operator
  // Cards are compared a few seconds after they appear.
  await expect
    .poll(async () => (await okno.call('GET', '/candidates')).body.items.length, { timeout: 30_000, interval: 500 })
    .toBe(1)
  await page.goto(`${okno.platform.config.publicUrl}/same-people`)
  const pairs = page.getByRole('list', { name: 'Пары на проверку' })
  await pairs.getByText('Щукин').first().waitFor()
  const evidence = page.getByRole('list', { name: 'Что говорит за и против' })
  await evidence.getByText('Телефон: совпадает').waitFor()
  await evidence.getByText('то же в другом написании').waitFor()
  expect(await barriers(page)).toEqual([])
  await shot('pairs-1440')
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await barriers(page)).toEqual([])
  await shot('pairs-390')
  await page.setViewportSize({ width: 1440, height: 900 })

  await page.getByRole('radio', { name: 'Город: Пермь' }).check()
  await page.getByRole('button', { name: 'Один человек: объединить' }).click()
  await page.getByText('Нечего решать').waitFor()

  await page.getByRole('link', { name: 'Контакты' }).first().click()
  const list = page.getByRole('grid', { name: 'Контакты' })
  await list.getByRole('link', { name: /Щукин/ }).first().click()
  const card = page.getByRole('complementary', { name: 'Карточка' })
  await card.getByText('Объединённые карточки').waitFor()
  await card.getByText('sasha@pike.test').waitFor()
  await card.getByText('Пермь').first().waitFor()
  expect(await list.getByText('Щукин').count()).toBe(1)
  expect(await barriers(page)).toEqual([])
  await shot('merged-1440')

  await card.getByRole('button', { name: /^Разъединить: / }).click()
  await page.getByRole('button', { name: 'Разъединить', exact: true }).last().click()
  await expect.poll(() => list.getByText('Щукин').count()).toBe(2)
  expect(operator.errors).toEqual([])
})
