import { mkdirSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BrowserOkno, barriers, openWindow, type Person, startForBrowsers } from '../support/window.ts'

let okno: BrowserOkno
let operator: Person
const SHOTS = process.env.MERGE_SHOTS

beforeAll(async () => {
  okno = await startForBrowsers()
  const create = (draft: object) => okno.call('POST', '/people', draft)
  const label = (text: string) => ({ en: text, ru: text })
  await okno.call('POST', '/objects', { key: 'pet', label: { one: label('Питомец'), many: label('Питомцы') } })
  const keeper = { key: 'keeper', type: 'reference', target: 'person', label: label('Хозяин') }
  await okno.call('POST', '/objects/custom.pet/fields', keeper)
  const aPet = async (name: string, { body }: { body: { id: string } }) =>
    okno.call('POST', '/objects/custom.pet/records', { name, custom: { keeper: body.id } })
  const alexander = await create({
    name: 'Александр Щукин',
    phones: ['+79120001122'],
    city: 'Пермь',
    custom: { birthday: '1985-04-08' },
  })
  const sasha = await create({
    name: 'Саша Щукин',
    phones: ['+79120001122'],
    emails: ['sasha@pike.test'],
    city: 'Омск',
    stage: 'customer',
    custom: { birthday: '1971-12-30' },
  })
  await aPet('Рекс', alexander)
  await aPet('Мурка', sasha)
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
  await expect.poll(async () => (await okno.call('GET', '/candidates')).body.items.length, { interval: 500 }).toBe(1)
  await page.goto(`${okno.platform.config.publicUrl}/same-people`)
  const pairs = page.getByRole('list', { name: 'Пары на проверку' })
  await pairs.getByText('Щукин').first().waitFor()
  const evidence = page.getByRole('list', { name: 'Что говорит за и против' })
  await evidence.getByText('Телефон: совпадает').waitFor()
  await evidence.getByText('то же в другом написании').waitFor()
  await evidence.getByText('очень сильно за').first().waitFor()
  await page.getByRole('button', { name: 'В числах' }).click()
  await evidence
    .getByText(/раза? чаще у одного человека/)
    .first()
    .waitFor()
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
  const pets = card.getByRole('region', { name: 'Питомцы (Хозяин)' }).getByRole('link')
  await pets.getByText('Рекс').waitFor()
  await pets.getByText('Мурка').waitFor()
  expect(await barriers(page)).toEqual([])
  await shot('merged-1440')

  await card.getByRole('button', { name: /^Разъединить: / }).click()
  await page.getByRole('button', { name: 'Разъединить', exact: true }).last().click()
  await expect.poll(() => list.getByText('Щукин').count()).toBe(2)
  await expect.poll(() => pets.count()).toBe(1)
  await pets.click()
  await card.getByRole('link', { name: /^Открыть: .*Щукин/ }).click()
  await card.getByRole('heading', { name: /Щукин/ }).waitFor()
  expect(operator.errors).toEqual([])
})

test('a family phone and an office mailbox are found; said to be shared, they make nobody alike, until that is taken back', async () => {
  const { page } = operator
  const create = async (draft: object) => (await okno.call('POST', '/people', draft)).body.id as string
  const olga = await create({ name: 'Ольга Лосева', phones: ['+79160000001'] })
  for (const name of ['Пётр Лосев', 'П. Лосев']) await create({ name, phones: ['+79160000001'] })
  for (const name of ['Инна Котова', 'Борис Преображенский-Ким']) await create({ name, emails: ['office@sever.test'] })
  const alike = async () =>
    (await okno.call('GET', '/candidates?limit=50')).body.items.filter(({ a }: { a: { name: string } }) =>
      a.name.includes('Лосев'),
    ).length
  await expect.poll(alike, { interval: 500 }).toBe(1)

  await page.goto(`${okno.platform.config.publicUrl}/same-people`)
  await page.getByRole('link', { name: 'Общие адреса' }).click()
  const addresses = page.getByRole('list', { name: 'Адреса на разных карточках' }).getByRole('listitem')
  const phone = addresses.filter({ hasText: '+79160000001' })
  await phone.getByRole('link', { name: 'Ольга Лосева' }).waitFor()
  expect(await addresses.count()).toBe(2)
  expect(await barriers(page)).toEqual([])
  await shot('shared-1440')
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await barriers(page)).toEqual([])
  await shot('shared-390')
  await page.setViewportSize({ width: 1440, height: 900 })

  await phone.getByRole('button', { name: 'Общий', exact: true }).click()
  await phone.waitFor({ state: 'detached' })
  await expect.poll(alike, { interval: 500 }).toBe(0)
  await addresses.getByRole('checkbox').check()
  await page.getByText('Выбран 1').waitFor()
  await addresses.getByRole('button', { name: 'Не общий' }).click()
  await page.getByText('Общих адресов не видно').waitFor()
  expect(await barriers(page)).toEqual([])
  await shot('shared-none')

  await page.goto(`${okno.platform.config.publicUrl}/people/${olga}`)
  const mark = page.getByRole('button', { name: 'Пользуются несколько человек: +79160000001' })
  await expect.poll(() => mark.getAttribute('aria-pressed')).toBe('true')
  await mark.click()
  await expect.poll(() => mark.getAttribute('aria-pressed')).toBe('false')
  await expect.poll(alike, { interval: 500 }).toBe(1)
  expect(operator.errors).toEqual([])
})

test('cards joined from a card are taken apart again from the word that tells it', async () => {
  const { page } = operator
  const create = async (name: string) =>
    (await okno.call('POST', '/people', { name, emails: ['zubr@wood.test'], phones: ['+79160000077'] })).body.id
  const id = await create('Зубров Глеб Ильич')
  await create('Глеб Зубров')
  await page.goto(`${okno.platform.config.publicUrl}/people/${id}`)
  const card = page.getByRole('complementary', { name: 'Карточка' })
  await card.getByRole('button', { name: 'Один человек: объединить' }).click({ timeout: 30_000 })
  const told = page.getByRole('alert').filter({ hasText: '«Глеб Зубров» и «Зубров Глеб Ильич» — теперь одна карточка' })
  await told.getByRole('button', { name: 'Отменить' }).click()
  await page.getByText('Снова две карточки').waitFor()
  const list = page.getByRole('grid', { name: 'Контакты' })
  await expect.poll(() => list.getByText('Зубров').count()).toBe(2)
  expect(operator.errors).toEqual([])
})
