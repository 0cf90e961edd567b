import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { freePort } from '#platform/server/free-port'
import type { OknoServer } from '../../app/server/server.ts'
import { aConversation, anAccount, threadOf } from '../support/inbox.ts'
import { type Line, layLine } from '../support/line.ts'
import { eventually } from '../support/platform.ts'
import { type BrowserOkno, barriers, holdAnswer, openWindow, type Person, startForBrowsers } from '../support/window.ts'

const PDF = Buffer.from('%PDF-1.4 a bill')

let okno: BrowserOkno
let line: Line
/** The process of the window; it reaches the database by the line. */
let near: OknoServer
let operator: Person
beforeAll(async () => {
  okno = await startForBrowsers()
  line = await layLine(okno.database.url)
  const port = await freePort()
  near = await okno.another({
    PORT: String(port),
    OKNO_PUBLIC_URL: `http://127.0.0.1:${port}`,
    OKNO_SMTP_PORT: 'off',
    OKNO_ROLES: 'web',
    DATABASE_URL: line.url,
  })
  operator = await openWindow({ ...okno, platform: near.platform })
})
beforeEach(() => line.mend())
afterAll(async () => {
  line?.mend()
  await operator?.leave()
  await okno?.close()
  line?.close()
})

/** The database goes away for the window's process. Who somebody is is remembered for some seconds, so it is waited for. */
async function loseDatabase() {
  const cookies = await operator.page.context().cookies()
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  await line.cut()
  const whoAmI = () => fetch(`${near.platform.config.publicUrl}/api/v1/me`, { headers: { cookie } })
  await eventually(async () => (await whoAmI()).status === 503)
}

test('a window that was refused while the database was away comes back by itself, and hears what happens', async () => {
  const { page } = operator
  const { publicUrl } = near.platform.config
  const windows = near.platform.live.io.of('/operators').sockets
  await page.goto('about:blank')
  await eventually(() => windows.size === 0)
  const heard: string[] = []
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(String(payload))))
  await page.goto(`${publicUrl}/inbox`)
  await page.getByPlaceholder('Поиск обращений').waitFor()
  await eventually(() => heard.some((frame) => frame.includes('"hello"')))
  await loseDatabase()

  for (const window of windows.values()) window.conn.close()
  await page.getByText('Нет связи. Новые сообщения').waitFor()
  await eventually(() => heard.some((frame) => frame.includes('server.unavailable')))
  expect(new URL(page.url()).pathname).toContain('/inbox')

  line.mend()
  await page.getByText('Нет связи. Новые сообщения').waitFor({ state: 'hidden' })
  const shop = await anAccount(okno)
  const { fact } = await aConversation(okno, shop)
  await page
    .getByText(fact.from.name ?? '')
    .first()
    .waitFor()
})

test('a page that was opened while the database was away fills by itself when it is back', async () => {
  const { page } = operator
  const { publicUrl } = near.platform.config
  const { id } = await aConversation(okno, await anAccount(okno))
  await page.goto(`${publicUrl}/inbox`)
  await page.getByRole('navigation', { name: 'Главное меню' }).waitFor()
  await loseDatabase()
  await page.goto(`${publicUrl}/inbox/${id}`)
  await page.getByRole('alert').getByText('Как только ответит, всё загрузится само').waitFor()

  line.mend()
  await page.getByRole('textbox', { name: 'Ответ' }).waitFor()
  await page.getByRole('article').first().waitFor()
})

test('a page whose script did not come while nobody answered opens in the same window when somebody does', async () => {
  const { page } = operator
  await page.goto(`${near.platform.config.publicUrl}/inbox`)
  const tasks = page.getByRole('navigation', { name: 'Главное меню' }).getByRole('link', { name: /^Задачи/ })
  await tasks.waitFor()
  await page.evaluate(`window.isSame = true`)
  let isAway = true
  let asked = 0
  await page.route(/\/(assets\/.*\.js)?$/, (route) => {
    if (!isAway) return route.fallback()
    asked++
    return route.abort()
  })
  await tasks.click()
  await eventually(() => asked >= 2)

  isAway = false
  await page.getByRole('heading', { name: 'Задачи', level: 1 }).waitFor()
  expect(await page.evaluate(`'isSame' in window`)).toBe(true)
  await page.unrouteAll({ behavior: 'wait' })
})

test('blocks of a card that could not be read say so, and come by themselves with what stands beside them untouched', async () => {
  const { page } = operator
  const { publicUrl } = near.platform.config
  const made = await okno.call('POST', '/people', { name: 'Вера Ожидаемая', phones: ['+79120005566'] })
  let isAway = true
  const away = { status: 503, contentType: 'application/json', body: '{"code":"server.unavailable","status":503}' }
  await page.route(/\/(brief|household|files|merges|timeline)(\?|$)/, (route) =>
    isAway ? route.fulfill(away) : route.fallback(),
  )
  await page.goto(`${publicUrl}/people/${made.body.id}`)
  for (const block of ['Коротко', 'Семья и домочадцы', 'Файлы', 'Объединённые карточки', 'История'])
    await page.getByRole('region', { name: block }).getByText('Загрузится само').waitFor()
  await page.getByRole('button', { name: 'Добавить заметку' }).click()
  await page.getByRole('textbox', { name: 'Текст заметки' }).fill('Просила не звонить утром')
  expect(await barriers(page)).toEqual([])

  isAway = false
  await page.getByText('Загрузится само').first().waitFor({ state: 'detached' })
  await page.getByRole('region', { name: 'Коротко' }).getByText('Настроение').waitFor()
  expect(await page.getByRole('textbox', { name: 'Текст заметки' }).inputValue()).toBe('Просила не звонить утром')
  await page.unrouteAll({ behavior: 'wait' })
})

test('what was typed and what was being sent while the database was away outlive a reload, and go out once', async () => {
  const { page } = operator
  const { publicUrl } = near.platform.config
  const { id } = await aConversation(okno, await anAccount(okno))
  await page.goto(`${publicUrl}/inbox/${id}`)
  const box = page.getByRole('textbox', { name: 'Ответ' })
  await box.fill('Доставим завтра после обеда.')
  await canBeSent(page)
  await loseDatabase()
  await page.keyboard.press('Control+Enter')
  const unsent = page.getByRole('article').filter({ hasText: 'Доставим завтра' })
  await unsent.getByText('Okno сейчас не может обратиться к своим данным').waitFor()
  await box.fill('И ещё вопрос:')

  line.mend()
  await page.reload()
  await unsent.getByText('неизвестно, отправлено ли').waitFor()
  await expect.poll(() => box.inputValue()).toBe('И ещё вопрос:')
  await unsent.getByRole('button', { name: 'Повторить' }).click()
  await unsent.getByText('неизвестно, отправлено ли').waitFor({ state: 'detached' })
  await eventually(async () => (await answersIn(id)).length > 0)
  expect(await answersIn(id)).toEqual(['Доставим завтра после обеда.'])
  const drafts = () =>
    okno.platform.database.pool.query('select text from inbox.drafts where conversation_id = $1', [id])
  await eventually(async () => (await drafts()).rows[0]?.text === 'И ещё вопрос:')
  await eventually(async () => (await unsavedIn(page)).length === 0)
})

test('files of a draft that was opened while nobody could say what they are go with the answer', async () => {
  const { page } = operator
  const { publicUrl } = near.platform.config
  const { id } = await aConversation(okno, await anAccount(okno))
  await page.goto(`${publicUrl}/inbox/${id}`)
  await page.locator('input[type=file]').setInputFiles({ name: 'счёт.pdf', mimeType: 'application/pdf', buffer: PDF })
  await page.getByRole('button', { name: 'Убрать счёт.pdf' }).waitFor()
  const drafts = async () =>
    (await okno.platform.database.pool.query('select 1 from inbox.drafts where conversation_id = $1', [id])).rowCount
  await eventually(async () => (await drafts()) === 1)

  let isAway = true
  await page.route('**/api/v1/files/*', (route) => (isAway ? route.fulfill({ status: 503 }) : route.fallback()))
  await page.reload()
  const box = page.getByRole('textbox', { name: 'Ответ' })
  await page.getByRole('button', { name: 'Убрать Файл' }).waitFor()
  isAway = false
  await page.getByRole('button', { name: 'Убрать счёт.pdf' }).waitFor()
  isAway = true
  await page.reload()
  await page.getByRole('button', { name: 'Убрать Файл' }).waitFor()
  await box.fill('Счёт приложен.')
  await canBeSent(page)
  await page.keyboard.press('Control+Enter')
  await eventually(async () => (await answersIn(id)).length > 0)
  const [answer] = (await threadOf(okno, id)).filter(({ direction }: { direction: string }) => direction === 'out')
  expect(answer.files.map(({ name }: { name: string }) => name)).toEqual(['счёт.pdf'])
  await page.unrouteAll({ behavior: 'wait' })
})

test('an answer whose page was left before the server said that it has it is stored once, and looks so', async () => {
  const { page } = operator
  const { publicUrl } = near.platform.config
  const { id } = await aConversation(okno, await anAccount(okno))
  await page.goto(`${publicUrl}/inbox/${id}`)
  const box = page.getByRole('textbox', { name: 'Ответ' })
  const { letGo, isAsked } = await holdAnswer(page, `**/conversations/${id}/replies`, 'POST')
  await box.fill('Уже в пути.')
  await canBeSent(page)
  await page.keyboard.press('Control+Enter')
  await isAsked
  await eventually(async () => (await answersIn(id)).length === 1)

  await page.reload()
  letGo()
  await eventually(async () => (await unsavedIn(page)).length === 0)

  await page.getByRole('article').filter({ hasText: 'Уже в пути.' }).waitFor()
  expect(await page.getByRole('article').filter({ hasText: 'Уже в пути.' }).count()).toBe(1)
  expect(await answersIn(id)).toEqual(['Уже в пути.'])
})

/** The ways to the customer are read: what stands in the box has one. */
const canBeSent = (page: Page) =>
  page.getByRole('button', { name: 'Отправить', exact: true, disabled: false }).waitFor()

test('who signs out leaves nothing unsaved at this computer', async () => {
  const { page } = operator
  const { id } = await aConversation(okno, await anAccount(okno))
  await page.evaluate(() => localStorage.setItem('okno.unsaved.forgotten', JSON.stringify({ at: 0, value: 'Старое' })))
  await page.route('**/draft', (route) => (route.request().method() === 'PUT' ? route.abort() : route.fallback()))
  await page.goto(`${near.platform.config.publicUrl}/inbox/${id}`)
  await page.getByRole('textbox', { name: 'Ответ' }).fill('Перезвоню вечером')
  expect(await unsavedIn(page)).toHaveLength(1)

  await page.getByRole('button', { name: /Администратор, на месте/ }).click()
  await page.getByRole('menuitem', { name: 'Выйти' }).click()

  await page.locator('input[type=password]').waitFor()
  expect(await unsavedIn(page)).toEqual([])
})

const answersIn = async (id: string): Promise<string[]> =>
  (await threadOf(okno, id)).flatMap((message: { direction: string; text: string }) =>
    message.direction === 'out' ? [message.text] : [],
  )

/** What this browser still keeps for the server. */
const unsavedIn = (page: Page) =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('okno.unsaved.')))
