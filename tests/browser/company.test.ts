import { mkdirSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BrowserOkno, barriers, openWindow, type Person, startForBrowsers } from '../support/window.ts'

let okno: BrowserOkno
let operator: Person
const ids: Record<string, string> = {}
const SHOTS = process.env.COMPANY_SHOTS

beforeAll(async () => {
  okno = await startForBrowsers()
  const make = async (path: string, body: object) => (await okno.call('POST', path, body)).body.id as string
  ids.holding = await make('/companies', { name: 'Группа компаний «Северные двери»', inn: '5900000108' })
  ids.krov = await make('/companies', {
    name: 'ООО «Кровля и фасады Прикамья»',
    legalForm: 'ooo',
    inn: '5900000010',
    city: 'Пермь',
    industry: 'Строительство',
    phones: ['+7 342 200-00-01'],
    emails: ['zakaz@krov.example'],
    addresses: [{ kind: 'legal', text: '614000, Пермь, улица Монастырская, дом 12, литера А, офис 304' }],
    parentId: ids.holding,
  })
  ids.depot = await make('/companies', { name: 'Склад на Промышленной', parentId: ids.krov })
  ids.maria = await make('/people', { name: 'Мария Александровна Константинопольская', phones: ['+79120000001'] })
  const boris = await make('/people', { name: 'Борис Ли' })
  await okno.call('PUT', `/people/${ids.maria}/companies/${ids.krov}`, {
    position: 'Заместитель директора по снабжению',
    roles: ['decides', 'signs'],
    since: '2021-03-01',
    isMain: true,
  })
  await okno.call('PUT', `/people/${boris}/companies/${ids.krov}`, { position: 'Прораб', until: '2024-05-31' })
  operator = await openWindow(okno)
})
afterAll(async () => {
  await operator?.leave()
  await okno?.close()
})

const shot = async (name: string) => {
  if (!SHOTS) return
  mkdirSync(SHOTS, { recursive: true })
  await operator.page.screenshot({ path: `${SHOTS}/${name}.png` })
}

test('a wrong INN is told by its digits and not saved; the group and those who left are shown', async () => {
  const { page } = operator
  await page.goto(`${okno.platform.config.publicUrl}/companies/${ids.krov}`)
  const card = page.getByRole('complementary', { name: 'Карточка' })
  await card.getByText('Заместитель директора по снабжению').waitFor()
  await card.getByText('решает').waitFor()
  await shot('card-top-1440')
  await card.getByRole('button', { name: '1 бывший сотрудник' }).click()
  await card.getByRole('region', { name: 'Контакты' }).getByText('Борис Ли').waitFor()

  await card.getByRole('button', { name: /^ИНН:/ }).click()
  await card.getByRole('textbox', { name: 'ИНН' }).fill('5900000011')
  await page.keyboard.press('Enter')
  await card.getByText('Последняя, 10-я цифра не сходится').waitFor()
  expect(await barriers(page)).toEqual([])
  await shot('wrong-inn-1440')
  await card.getByRole('textbox', { name: 'ИНН' }).fill('59 0000 0034')
  await page.keyboard.press('Enter')
  await card.getByRole('button', { name: 'ИНН: 5900000034. Изменить' }).waitFor()

  const group = card.getByRole('region', { name: 'Группа компаний' })
  await group.getByText('Во всей группе компаний: 3, людей: 1').waitFor()
  await group.scrollIntoViewIfNeeded()
  await shot('group-1440')
  await card.getByText('Изменено: ИНН').waitFor()
})

test('a company cannot be put below one of its own, and an employment is changed on both cards', async () => {
  const { page } = operator
  const card = page.getByRole('complementary', { name: 'Карточка' })
  await card.getByRole('button', { name: /^Головная компания:/ }).click()
  await card.getByRole('combobox', { name: 'Головная компания' }).fill('Склад')
  await page.getByRole('option', { name: 'Склад на Промышленной' }).click()
  await page.getByText('Компания не может подчиняться сама себе').waitFor()

  await card.getByRole('button', { name: /^Изменить, кем здесь Мария/ }).click()
  const panel = page.getByRole('dialog')
  await panel.getByText('платит', { exact: true }).click()
  expect(await barriers(page)).toEqual([])
  await shot('employment-1440')
  await panel.getByRole('button', { name: 'Сохранить' }).click()
  await panel.waitFor({ state: 'detached' })
  await card
    .getByRole('link', { name: /^МК Мария|Мария Александровна/ })
    .first()
    .click()
  const companies = card.getByRole('region', { name: 'Компании' })
  await companies.getByText('платит').waitFor()
  expect(await barriers(page)).toEqual([])
  await shot('person-1440')
  expect(operator.errors.filter((error) => !/422/.test(error))).toEqual([])
})

test('a second card of one company is told while it is written, on a phone too', async () => {
  const { page } = operator
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`${okno.platform.config.publicUrl}/companies`)
  await page.getByRole('button', { name: 'Новая компания' }).click()
  const panel = page.getByRole('dialog')
  await panel.getByLabel('Название').fill('Кровля и фасады Прикамья')
  await panel.getByText('Похоже, это та же компания').waitFor()
  expect(await barriers(page)).toEqual([])
  await shot('new-390')
  await page.goto(`${okno.platform.config.publicUrl}/companies/${ids.krov}`)
  await page.getByText('Заместитель директора по снабжению').waitFor()
  expect(await barriers(page)).toEqual([])
  await shot('card-390')
})

test('of many people those to turn to stand first and the rest is folded; a name that is cut is told whole', async () => {
  const { page } = operator
  const name = 'Федеральное государственное бюджетное учреждение «Управление благоустройства»'
  const company = (await okno.call('POST', '/companies', { name })).body.id
  for (let number = 10; number < 22; number++) {
    const person = { name: `Работник ${number}`, companyIds: number === 21 ? [] : [company] }
    const { id } = (await okno.call('POST', '/people', person)).body
    if (number === 21) await okno.call('PUT', `/people/${id}/companies/${company}`, { roles: ['signs'] })
  }

  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(`${okno.platform.config.publicUrl}/companies/${company}`)
  const card = page.getByRole('complementary', { name: 'Карточка' })
  const people = card.getByRole('region', { name: 'Контакты' }).getByRole('link')
  await people.first().getByText('Работник 21').waitFor()
  expect(await people.count()).toBe(8)
  await card.getByRole('button', { name: 'Ещё 4 человека' }).click()
  await expect.poll(() => people.count()).toBe(12)

  const cell = page.getByRole('grid', { name: 'Компании' }).getByText(name)
  await cell.hover()
  await expect.poll(() => cell.getAttribute('title')).toBe(name)
})
