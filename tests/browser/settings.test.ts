import { createHmac } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ADMIN, eventually } from '../support/platform.ts'
import { type BrowserOkno, barriers, openPage, openWindow, type Person, startForBrowsers } from '../support/window.ts'

let okno: BrowserOkno
let admin: Person

beforeAll(async () => {
  okno = await startForBrowsers()
  await okno.call('POST', '/teams', { name: 'Поддержка' })
  admin = await openWindow(okno)
})
afterAll(async () => {
  await admin?.leave()
  await okno?.close()
})

/** A picture for whoever asks for them. */
const shot = async (page: Page, name: string) => {
  if (process.env.SETTINGS_SHOTS)
    await page.screenshot({ path: `${process.env.SETTINGS_SHOTS}/${name}.png`, fullPage: true })
}

/** Goes to a settings page through the menu. */
async function goTo(page: Page, name: string) {
  await page.getByRole('link', { name: 'Настройки', exact: true }).click()
  await page.getByRole('navigation', { name: 'Настройки' }).getByRole('link', { name, exact: true }).click()
  await page.getByRole('heading', { level: 1, name }).last().waitFor()
}

test('an administrator adds a colleague, who sees only what is theirs', async () => {
  const { page } = admin
  await goTo(page, 'Операторы')
  await page.getByRole('button', { name: 'Добавить оператора' }).click()
  const panel = page.getByRole('dialog')
  await panel.getByLabel('Имя').fill('Ольга Петрова')
  await panel.getByLabel('Электронная почта').fill('olga@okno.test')
  await panel.getByRole('textbox', { name: 'Первый пароль' }).fill('olga-password-1')
  expect(await barriers(page)).toEqual([])
  await panel.getByRole('button', { name: 'Добавить оператора' }).click()
  await page.getByRole('button', { name: 'Ольга Петрова' }).waitFor()

  const olga = await openPage(`${okno.platform.config.publicUrl}/settings`)
  await olga.page.locator('input[type=email]').fill('olga@okno.test')
  await olga.page.locator('input[type=password]').fill('olga-password-1')
  await olga.page.keyboard.press('Enter')
  const menu = olga.page.getByRole('navigation', { name: 'Настройки' })
  await menu.getByRole('link', { name: 'Мой профиль' }).waitFor()
  expect(await menu.getByRole('link').allInnerTexts()).toEqual([
    'Мой профиль',
    'Пароль и вход',
    'Ключи API',
    'Заготовки',
  ])
  await olga.page.goto(`${okno.platform.config.publicUrl}/settings/operators`)
  await olga.page.getByText('Сюда нет доступа').waitFor()
  await olga.page.goto(`${okno.platform.config.publicUrl}/settings/archive`)
  await olga.page.getByText('Сюда нет доступа').waitFor()
  expect(await olga.page.getByText('Ваш пароль').count()).toBe(0)
  expect(await barriers(olga.page)).toEqual([])
  await shot(olga.page, 'archive-forbidden')
  expect(olga.errors).toEqual([])
  await olga.leave()
})

test('a second factor is set up by its key, and a key of the API is shown once', async () => {
  const { page } = admin
  await goTo(page, 'Пароль и вход')
  await page.getByRole('textbox', { name: 'Ваш пароль' }).fill(ADMIN.password)
  await page.getByRole('button', { name: 'Включить', exact: true }).click()
  await page.getByRole('img', { name: 'QR-код для приложения-аутентификатора' }).waitFor()
  expect(await barriers(page)).toEqual([])
  const address = await page.getByRole('link', { name: 'Открыть в приложении на этом устройстве' }).getAttribute('href')
  await page.getByLabel('Код из приложения').fill(totp(address ?? ''))
  await page.getByRole('button', { name: 'Включить второй фактор' }).click()
  await page.getByText('Включён', { exact: true }).waitFor()

  await goTo(page, 'Ключи API')
  await page.getByLabel('Для чего новый ключ').fill('Склад')
  await page.getByRole('button', { name: 'Создать ключ' }).click()
  const key = await page.getByRole('status').locator('pre').textContent()
  const asProgram = () =>
    fetch(`${okno.url}/api/v1/me`, { headers: { authorization: `Bearer ${key}` } }).then(({ status }) => status)
  expect(await asProgram()).toBe(200)
  await page.getByRole('listitem').filter({ hasText: 'Склад' }).getByRole('button', { name: 'Отозвать' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Отозвать' }).click()
  await page.getByRole('listitem').filter({ hasText: 'Склад' }).waitFor({ state: 'detached' })
  expect(await asProgram()).toBe(401)
})

test('a mailbox is added by its form, its password never comes back, and hours are kept', async () => {
  const { page } = admin
  await goTo(page, 'Каналы')
  await page.getByRole('button', { name: 'Добавить канал' }).click()
  await page.getByRole('menuitem', { name: /^Почта/ }).click()
  await page.getByLabel('Адрес почты').fill('support@okno.test')
  await page.getByRole('switch', { name: 'Отправлять через SMTP' }).click()
  await page.getByRole('textbox', { name: 'Сервер', exact: true }).fill('mail.okno.test')
  await page.getByLabel('Имя пользователя').fill('support')
  await page.getByRole('textbox', { name: 'Пароль' }).fill('очень тайный')
  expect(await barriers(page)).toEqual([])
  await page.getByRole('button', { name: 'Создать', exact: true }).click()
  await page.getByText('Задан', { exact: true }).waitFor()
  expect(await page.content()).not.toContain('очень тайный')
  await page.getByLabel('Имя отправителя').fill('Поддержка')
  await page.getByRole('button', { name: 'Сохранить' }).click()
  await page.getByText('Сохранено').first().waitFor()
  const { body } = await okno.call('GET', '/accounts')
  expect(body.items[0].config).toMatchObject({
    name: 'Поддержка',
    smtp: { host: 'mail.okno.test', port: 465, user: 'support', password: true },
  })

  await goTo(page, 'Часы и нормы')
  await page.getByRole('switch', { name: 'Суббота' }).click()
  await page.getByLabel('Первый ответ, минут').fill('30')
  expect(await barriers(page)).toEqual([])
  await page.getByRole('button', { name: 'Сохранить' }).click()
  // The word of the mailbox may still stand there, so it does not tell.
  await expect
    .poll(async () => (await okno.call('GET', '/inbox/settings')).body)
    .toMatchObject({ firstAnswerMinutes: 30, businessHours: { sat: [['09:00', '18:00']] } })
})

test('a form is put together by keyboard, and a changed consent is a new version', async () => {
  const { page } = admin
  await goTo(page, 'Каналы')
  await page.getByRole('button', { name: 'Добавить канал' }).click()
  await page.getByRole('menuitem', { name: /^Форма/ }).click()
  await page.getByRole('button', { name: 'Создать', exact: true }).click()
  await page.getByRole('heading', { name: 'Как подключить' }).waitFor()
  await page.getByText('Версия 1', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Поднять: Сообщение' }).press('Enter')
  await page.getByLabel('Текст согласия').fill('Согласен, чтобы мне ответили.')
  await page.getByText('станет версия 2').waitFor()
  expect(await barriers(page)).toEqual([])
  await page.getByRole('button', { name: 'Сохранить' }).click()
  await page.getByText('Версия 2', { exact: true }).waitFor()

  const { body } = await okno.call('GET', '/accounts')
  const form = body.items.find(({ kind }: { kind: string }) => kind === 'form')
  expect(form.config.fields.map(({ key }: { key: string }) => key)).toEqual(['name', 'message', 'email'])
  const hosted = await fetch(`${okno.url}/f/${form.key}`).then((answer) => answer.text())
  expect(hosted).toContain('Согласен, чтобы мне ответили.')
})

test('the whole company is asked for with the password once more, seen under way, stopped, made and taken', async () => {
  const { page } = admin
  await okno.platform.database.pool.query(
    `insert into exchange.archives (workspace_id, name, state, done, total, operator_id, created_at, started_at, heard_at, ends_at)
     values ($1, 'x.tar.zst', 'running', 1250, 5000, $2, now(), now() - interval '10 seconds', now(), now() + interval '1 day')`,
    [okno.workspaceId, okno.admin.operatorId],
  )
  await goTo(page, 'Полная выгрузка')
  const underWay = page.getByRole('progressbar', { name: 'Готовим файл' })
  await underWay.waitFor()
  await page.getByText(/^1.250 из 5.000 строк и файлов · /).waitFor()
  expect(await barriers(page)).toEqual([])
  await shot(page, 'archive-under-way')
  await page.getByRole('button', { name: 'Остановить' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Остановить' }).click()
  await underWay.waitFor({ state: 'detached' })

  const password = page.getByRole('textbox', { name: 'Ваш пароль' })
  await password.fill('not-the-password')
  await page.getByRole('button', { name: 'Подготовить файл' }).click()
  await page.getByRole('alert').filter({ hasText: 'ароль' }).waitFor()
  await shot(page, 'archive-refused')
  await password.fill(ADMIN.password)
  await page.getByRole('button', { name: 'Подготовить файл' }).click()
  const take = page.getByRole('link', { name: 'Скачать' })
  await take.waitFor()
  const download = page.waitForEvent('download')
  await take.click()
  expect((await download).suggestedFilename()).toMatch(/^Северный дом .*\.tar\.zst$/)
  await page.getByText(/забран/).waitFor()
  expect(await barriers(page)).toEqual([])
  await shot(page, 'archive-made')
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await barriers(page)).toEqual([])
  await shot(page, 'archive-390')
  await page.setViewportSize({ width: 1440, height: 900 })
  // The password that was typed wrongly on purpose.
  const refused = admin.errors.splice(0)
  expect(refused).toHaveLength(1)
  expect(refused[0]).toContain('403')
})

test('every settings page is open to everybody, in the dark too, and the browser has nothing to complain about', async () => {
  const { page } = admin
  await page.emulateMedia({ colorScheme: 'dark' })
  // Words in the corner that are just fading away would count as too pale.
  await page.reload()
  for (const name of [
    'Мой профиль',
    'Компания',
    'Команды',
    'Журнал действий',
    'Полная выгрузка',
    'Заготовки',
    'Входящие события',
  ]) {
    await goTo(page, name)
    expect(await barriers(page), name).toEqual([])
    await shot(page, `dark-${name}`)
  }
  expect(admin.errors).toEqual([])
})

/** The six digits that an authenticator shows now (RFC 6238, preset values). */
function totp(address: string): string {
  const secret = new URL(address).searchParams.get('secret') ?? ''
  const bits = [...secret.replaceAll('=', '')]
    .map((char) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(char).toString(2).padStart(5, '0'))
    .join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
  const hash = createHmac('sha1', key).update(counter).digest()
  const offset = (hash.at(-1) ?? 0) & 15
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

test('the state of every part is told, what fails first and with its cure', async () => {
  const { page } = admin
  const { id } = await okno.modules.channels.createAccount(okno.admin, { kind: 'api', name: 'Магазин', config: {} })
  // Its first check must not come after what is written here.
  await eventually(async () => (await okno.call('GET', `/accounts/${id}`)).body.health !== 'new')
  await okno.platform.database.pool.query(
    `update channels.accounts set health = 'failing', health_reason = 'ECONNREFUSED', health_at = now() where kind = 'api'`,
  )
  await goTo(page, 'Состояние')
  await page.getByText(/требу[ею]т внимания/).waitFor()
  const rows = await page.getByRole('list', { name: 'Состояние' }).getByRole('listitem').allInnerTexts()

  const shop = rows.findIndex((row) => row.startsWith('Магазин'))
  expect(rows[shop]).toMatch(/ECONNREFUSED[\s\S]*Откройте его в настройках каналов/)
  expect(shop).toBeLessThan(rows.findIndex((row) => row.includes('Работает')))
  expect(rows.some((row) => /База данных[\s\S]*PostgreSQL 18/.test(row))).toBe(true)
  expect(await barriers(page)).toEqual([])
})
