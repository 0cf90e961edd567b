import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BrowserOkno, barriers, holdAnswer, openWindow, type Person, startForBrowsers } from '../support/window.ts'

let okno: BrowserOkno
let operator: Person

beforeAll(async () => {
  okno = await startForBrowsers()
  await okno.call('POST', '/people', { name: 'Пётр Известный', emails: ['petr@example.ru'], city: 'Омск' })
  operator = await openWindow(okno)
})
afterAll(async () => {
  await operator?.leave()
  await okno?.close()
})

const inWindows1251 = (text: string) =>
  Buffer.from(
    Array.from(text, (letter) => (letter < '\u0080' ? letter.charCodeAt(0) : letter.charCodeAt(0) - 0x410 + 0xc0)),
  )
const LIST = inWindows1251(
  [
    'Фамилия;Имя;Эл. почта;Моб. тел.;Город;Оплата;Ответственный',
    'Соколова-Вознесенская;Александра;sasha@example.ru;8 (912) 345-67-89;Нижний Новгород;карта;Уволенный Иван',
    'Известный;Петр;petr@example.ru;;Томск;карта;',
    'Сломанный;Телефон;;12-34;Пермь;карта;',
  ].join('\r\n'),
)

test('a messy list is looked through, taken in, seen among the people, and taken back as a whole', async () => {
  const { page } = operator
  await page.goto(`${okno.url}/companies`)
  await page.getByRole('link', { name: 'Импорт' }).click()
  await page.getByRole('combobox', { name: 'Что в файле' }).waitFor()
  expect(await page.getByRole('combobox', { name: 'Что в файле' }).inputValue()).toBe('Компании')
  await page.goto(`${okno.url}/imports`)
  await page.getByText('Импортов ещё не было').waitFor()
  expect(await barriers(page)).toEqual([])
  await page
    .getByLabel('Файл для импорта')
    .setInputFiles({ name: 'Клиенты 2026.csv', mimeType: 'text/csv', buffer: LIST })

  await page.getByRole('heading', { name: 'Клиенты 2026.csv' }).waitFor()
  expect(await page.getByLabel('Кодировка').first().inputValue()).toBe('windows-1251')
  expect(await page.getByRole('combobox', { name: 'Поле для столбца «Моб. тел.»' }).inputValue()).toBe('Телефон')
  expect(await barriers(page)).toEqual([])

  await page.getByRole('combobox', { name: 'Поле для столбца «Оплата»' }).click()
  await page.getByRole('option', { name: 'Новое поле…' }).click()
  const panel = page.getByRole('dialog', { name: 'Новое поле для столбца' })
  await panel.getByText('карта', { exact: true }).waitFor()
  expect(await barriers(page)).toEqual([])
  await panel.getByRole('button', { name: 'Создать поле' }).click()
  await panel.waitFor({ state: 'hidden' })
  expect(await page.getByRole('combobox', { name: 'Поле для столбца «Оплата»' }).inputValue()).toBe('Оплата')

  await page.getByRole('button', { name: 'Проверить', exact: true }).click()
  await page.getByText('Город: Омск → Томск').waitFor()
  await page.getByText('Моб. тел.: «12-34» — не номер телефона.').waitFor()
  expect(await barriers(page)).toEqual([])

  await page.getByText('Ответственный: оператора «Уволенный Иван» нет, это поле не загружается.').waitFor()
  const unknown = page.getByRole('region', { name: 'Кого нет среди операторов' })
  const say = page.getByRole('link', { name: 'Указать, кто это' })
  expect(await say.getAttribute('href')).toBe(`#${await unknown.getAttribute('id')}`)
  const whoIs = page.getByRole('combobox', { name: 'Кто здесь «Уволенный Иван»' })
  expect(await whoIs.inputValue()).toBe('Никто: не загружать')
  await whoIs.click()
  const [colleague] = (await okno.call('GET', '/operators')).body.items
  await page.getByRole('option', { name: colleague.name }).click()
  const rows = await holdAnswer(page, '**/api/v1/imports/*/rows?*', 'GET')
  await page.getByRole('button', { name: 'Проверить', exact: true }).click()
  await rows.isAsked
  // What the check before said is not shown under the figures of this one.
  expect(await page.getByText('оператора «Уволенный Иван» нет').count()).toBe(0)
  rows.letGo()
  await page.getByText('Город: Омск → Томск').waitFor()
  expect(await page.getByText('оператора «Уволенный Иван» нет').count()).toBe(0)

  await page.getByRole('button', { name: 'Загрузить 2 строки' }).click()
  await page.getByRole('heading', { name: 'Что произошло' }).waitFor()
  await page.getByRole('link', { name: /Соколова-Вознесенская/ }).click()
  await page.getByRole('complementary', { name: 'Карточка' }).getByText('sasha@example.ru').waitFor()

  await page.goBack()
  await page.getByRole('button', { name: 'Отменить импорт' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Отменить импорт' }).click()
  await page.getByText('Удалено карточек: 1, возвращено: 1, оставлено: 0.').waitFor()
  expect(await barriers(page)).toEqual([])
  const { body } = await okno.call('GET', '/people')
  expect(body.items).toMatchObject([{ name: 'Пётр Известный', city: 'Омск' }])
})

test('all operators of a file whom nobody here knows are handed to one of us at once', async () => {
  const { page } = operator
  const csv = 'name,email,Ответственный\nИва,iva@heir.test,Отдел продаж №2\nОльха,olha@heir.test,Мария-Антуанетта 🚚\n'
  await page.goto(`${okno.url}/imports`)
  await page
    .getByLabel('Файл для импорта')
    .setInputFiles({ name: 'amo.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await page.getByRole('button', { name: 'Проверить', exact: true }).click()
  const unknown = page.getByRole('region', { name: 'Кого нет среди операторов' })
  const others = unknown.getByRole('combobox', { name: 'Все остальные' })
  await others.click()
  const [colleague] = (await okno.call('GET', '/operators')).body.items
  await page.getByRole('option', { name: colleague.name }).click()
  const first = unknown.getByRole('combobox', { name: 'Кто здесь «Отдел продаж №2»' })
  await expect.poll(() => first.inputValue()).toBe('Как все остальные')
  expect(await barriers(page)).toEqual([])

  await page.getByRole('button', { name: 'Проверить', exact: true }).click()
  await page.getByRole('button', { name: 'Загрузить 2 строки' }).click()
  await page.getByRole('heading', { name: 'Что произошло' }).waitFor()
  const { body } = await okno.call('GET', '/people?q=heir.test')
  expect(body.items.map(({ ownerId }: { ownerId: string }) => ownerId)).toEqual([colleague.id, colleague.id])
})
