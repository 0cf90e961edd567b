import { mkdirSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { type BrowserOkno, barriers, holdAnswer, openWindow, type Person, startForBrowsers } from '../support/window.ts'

const SHOTS = process.env.CARD_SHOTS

let okno: BrowserOkno
let operator: Person
let personId: string

beforeAll(async () => {
  okno = await startForBrowsers()
  const { body: account } = await okno.call('POST', '/accounts', { kind: 'api', name: 'Магазин', config: {} })
  const from = { id: 'u1', name: 'Константинопольская-Заболоцкая Екатерина Александровна' }
  await fetch(`${okno.url}/in/${account.key}`, {
    method: 'POST',
    body: JSON.stringify({ id: 'm1', thread: 't1', from, text: 'Где мой заказ?' }),
  })
  personId = await eventually(async () => (await okno.call('GET', '/people')).body.items[0]?.id ?? null)
  const friend = (await okno.call('POST', '/people', { name: 'Пётр Заболоцкий', phones: ['+79120001122'] })).body.id
  await okno.call('PATCH', `/people/${personId}`, {
    addressForm: 'formal',
    preferredChannel: 'phone',
    bestTime: '09:00-21:00',
    timeZone: 'Asia/Vladivostok',
    birthday: '1985-04-08',
    stage: 'customer',
    stageReason: 'Первый заказ оплачен',
  })
  await okno.call('POST', `/people/${personId}/consents`, {
    purpose: 'marketing',
    channel: 'sms',
    text: 'Согласна получать рассылку',
    ground: 'call',
  })
  await okno.call('POST', `/people/${personId}/relations`, { otherId: friend, kind: 'spouse' })
  operator = await openWindow(okno)
})
afterAll(async () => {
  await operator?.leave()
  await okno?.close()
})

/** Pictures of the card in both languages, light and dark, wide and narrow: only when somebody asks for them. */
async function shots(name: string) {
  if (!SHOTS) return
  const { page } = operator
  mkdirSync(SHOTS, { recursive: true })
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 1400 })
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme })
      await page.waitForLoadState('networkidle')
      await page.screenshot({ path: `${SHOTS}/${name}-${width}-${scheme}.png` })
    }
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 1440, height: 900 })
}

test('the card says what to do; a task, a note and a withdrawn consent stand in its narrowed history', async () => {
  const { page } = operator
  await page.goto(`${okno.platform.config.publicUrl}/people/${personId}`)
  const card = page.getByRole('complementary', { name: 'Карточка' })
  const next = card.getByRole('list', { name: 'Что дальше' })
  await next.getByRole('link', { name: 'Ответить: Где мой заказ?' }).waitFor()
  await card.getByText('Неизвестно: оценок ещё нет').waitFor()
  await card.getByText(/На «вы» · удобнее: Телефон/).waitFor()
  expect(await barriers(page)).toEqual([])
  await shots('card')

  await card.getByRole('button', { name: 'Добавить задачу' }).click()
  await card.getByLabel('Что сделать').fill('Перезвонить о доставке')
  await card.getByLabel('Срок').fill('2026-01-15T10:00')
  await card.getByRole('region', { name: 'Задачи' }).getByRole('button', { name: 'Добавить', exact: true }).click()
  await next.getByText('Перезвонить о доставке').waitFor()

  await card.getByRole('button', { name: 'Добавить заметку' }).click()
  await card.getByRole('textbox', { name: 'Текст заметки' }).fill('Звонить только днём')
  await card.getByRole('button', { name: 'Записать', exact: true }).click()
  await card.getByRole('region', { name: 'Заметки' }).getByText('Звонить только днём').waitFor()

  await card.getByRole('button', { name: 'Отозвать: Реклама' }).click()
  await page.getByLabel('Причина').fill('Слишком часто')
  expect(await barriers(page)).toEqual([])
  await page.getByRole('button', { name: 'Отозвать', exact: true }).last().click()
  await card.getByText('Отозвано 1', { exact: true }).waitFor()

  const history = card.getByRole('region', { name: 'История' })
  await history.getByText('Согласие отозвано: Реклама').waitFor()
  await history.getByRole('button', { name: 'Задачи' }).click()
  await history.getByText('Задача: Перезвонить о доставке').waitFor()
  expect(await history.getByText('Согласие отозвано: Реклама').count()).toBe(0)
  await history.getByRole('button', { name: 'Всё' }).click()
  await history.getByRole('textbox', { name: 'Тема, имя, слова' }).fill('заболоц')
  await history.getByRole('link', { name: 'Супруг(а): Пётр Заболоцкий' }).waitFor()
  await expect.poll(() => history.getByRole('list', { name: 'История' }).getByText('Карточка создана').count()).toBe(0)
  expect(await barriers(page)).toEqual([])
  await shots('worked')

  await card.getByRole('checkbox', { name: 'Перезвонить о доставке' }).click()
  await next.getByText('Перезвонить о доставке').waitFor({ state: 'detached' })
  await next.getByRole('link', { name: 'Ответить: Где мой заказ?' }).click()
  await page
    .getByRole('complementary')
    .getByRole('button', { name: /^Стадия: Клиент/ })
    .click()
  await page.getByText('Первый заказ оплачен').waitFor()
  await shots('beside')
  expect(operator.errors).toEqual([])
})

test('tasks of all customers are made, ticked, taken back and changed by keyboard, and follow what others do', async () => {
  const { page } = operator
  await page
    .getByRole('navigation')
    .getByRole('link', { name: /^Задачи/ })
    .click()
  await page.getByRole('heading', { name: 'Открытых задач нет' }).waitFor()
  await page.keyboard.press('n')
  const form = page.getByRole('dialog', { name: 'Новая задача' })
  await form.getByLabel('Что сделать').fill('Проверить наличие')
  await form
    .getByRole('combobox', { name: 'Клиент' })
    .or(form.getByRole('textbox', { name: 'Клиент' }))
    .fill('Заболоцк')
  await page.getByRole('option', { name: /Екатерина/ }).click()
  await form.getByRole('button', { name: 'Завтра в 10:00' }).click()
  await form.getByRole('button', { name: 'Добавить задачу' }).click()
  const task = page.getByRole('list', { name: 'Позже' }).getByRole('listitem')
  await task.getByText('завтра, 10:00').waitFor()
  await form.waitFor({ state: 'detached' })
  expect(await barriers(page)).toEqual([])

  // A key counts, however much else is still being read.
  const { letGo } = await holdAnswer(page, '**/tasks/counts*', 'GET')
  await page.keyboard.press('j')
  await page.keyboard.press('e')
  await page.getByRole('status').getByText('Сделано: Проверить наличие').waitFor()
  await task.waitFor({ state: 'detached' })
  await page.keyboard.press('u')
  await task.waitFor()
  letGo()

  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  const edited = page.getByRole('dialog', { name: 'Задача' })
  await edited.getByLabel('Срок').fill('2026-01-15T10:00')
  await edited.getByRole('button', { name: 'Сохранить' }).click()
  await page.getByRole('list', { name: 'Просрочены' }).getByText('Проверить наличие').waitFor()
  await page.getByRole('button', { name: 'Просрочены 1' }).waitFor()
  await page.getByRole('link', { name: 'Задачи: 1' }).waitFor()

  const other = { title: 'От коллеги', assigneeId: null }
  await okno.call('POST', `/people/${personId}/tasks`, other)
  await page.getByText('Все', { exact: true }).click()
  await page.getByRole('list', { name: 'Без срока' }).getByText('От коллеги').waitFor()
  await okno.call('POST', `/people/${personId}/tasks`, { ...other, title: 'Пришла сама' })
  await page.getByRole('list', { name: 'Без срока' }).getByText('Пришла сама').waitFor()
  expect(operator.errors).toEqual([])
})

test('a long history draws only what is in view, keeps the day at hand and is jumped in', async () => {
  const { page } = operator
  const person = (await okno.call('POST', '/people', { name: 'Давний Клиент' })).body.id
  const DAY_MS = 86_400_000
  const first = Date.parse('2025-01-01T09:00:00Z')
  const entries = Array.from({ length: 600 }, (_, number) => ({
    personId: person,
    at: new Date(first + number * (DAY_MS / 2)),
    kind: 'inbox.conversation_opened',
    data: { number, subject: `Вопрос ${number}` },
  }))
  await okno.platform.transaction(okno.workspaceId, (tx) => okno.modules.customers.recordTimelineAll(tx, entries))
  await page.goto(`${okno.platform.config.publicUrl}/people/${person}`)
  const history = page.getByRole('region', { name: 'История' })
  const list = history.getByRole('list', { name: 'История' })
  await list.getByText('Карточка создана').waitFor()
  await history.getByLabel('Перейти к дате').fill('2025-03-10')
  await list.getByText('Вопрос 136').waitFor()
  expect(await list.getByText('Карточка создана').count()).toBe(0)
  await history.hover()
  for (let i = 0; i < 40 && !(await list.getByText('Вопрос 60', { exact: false }).isVisible()); i++) {
    await page.mouse.wheel(0, 500)
    await page.waitForLoadState('networkidle')
  }
  await list.getByText('Вопрос 60').waitFor()
  expect(await list.getByRole('listitem').count()).toBeLessThan(80)
  await list
    .getByText(/31 января|1 февраля|30 января|2 февраля|29 января|28 января|3 февраля|4 февраля/)
    .first()
    .waitFor()
  await shots('history')
  await history.getByRole('button', { name: 'Новее' }).click()
  await list.getByText('Вопрос 196').waitFor()
  expect(operator.errors).toEqual([])
})

test('what could not be saved is given back, and what is on its way is shown', async () => {
  const { page } = operator
  await page.goto(`${okno.platform.config.publicUrl}/people/${personId}`)
  const card = page.getByRole('complementary', { name: 'Карточка' })
  const change = `**/api/v1/people/${personId}`
  const isChange = (method: string) => method === 'PATCH'
  await page.route(change, (route) => (isChange(route.request().method()) ? route.abort() : route.fallback()))
  await card.getByRole('button', { name: /^Заметка: / }).click()
  const note = card.getByRole('textbox', { name: 'Заметка' })
  await note.fill('Просила не звонить до обеда')
  await page.keyboard.press('Control+Enter')
  await card.getByText('Не сохранилось.').waitFor()
  expect(await note.inputValue()).toBe('Просила не звонить до обеда')
  expect(await barriers(page)).toEqual([])

  await page.unroute(change)
  let letThrough = () => {}
  const held = new Promise<void>((resolve) => {
    letThrough = resolve
  })
  await page.route(change, async (route) => {
    if (isChange(route.request().method())) await held
    await route.fallback()
  })
  await note.press('Control+Enter')
  await card.getByRole('button', { name: 'Заметка: Просила не звонить до обеда. Изменить' }).waitFor()
  letThrough()
  await expect
    .poll(async () => (await okno.call('GET', `/people/${personId}`)).body.note)
    .toBe('Просила не звонить до обеда')
  await page.unroute(change)
})

test('what somebody is typing on a card outlives a reading that fails', async () => {
  const { page } = operator
  await page.goto(`${okno.platform.config.publicUrl}/people/${personId}`)
  const card = page.getByRole('complementary', { name: 'Карточка' })
  const add = card.getByRole('button', { name: 'Добавить заметку' })
  await add.click()
  const text = card.getByRole('textbox', { name: 'Текст заметки' })
  await text.fill('Ещё не дописано')
  const address = `**/api/v1/people/${personId}`
  const { promise: isRefused, resolve: refuse } = Promise.withResolvers<void>()
  await page.route(address, async (route) => {
    await route.fulfill({ status: 500, json: { code: 'server.failed', status: 500 } })
    refuse()
  })
  const broken = page.waitForResponse((answer) => answer.url().endsWith(personId) && answer.status() === 500)
  await okno.call('PATCH', `/people/${personId}`, { city: 'Тула' })
  await Promise.all([isRefused, broken])
  await page.unroute(address)
  await okno.call('PATCH', `/people/${personId}`, { city: 'Рязань' })
  await card.getByRole('button', { name: /^Город: Рязань/ }).waitFor()
  expect(await text.inputValue()).toBe('Ещё не дописано')
  operator.errors.splice(0)

  await page.keyboard.press('Escape')
  await add.and(page.locator(':focus')).waitFor()
  await card.getByRole('button', { name: 'Добавить связь' }).press('Enter')
  await card.getByLabel('Кто', { exact: true }).and(page.locator(':focus')).waitFor()
  await page.keyboard.press('Escape')
})

test('who was taken out of a household by mistake is put back as what they were', async () => {
  const { page } = operator
  const { body: granny } = await okno.call('POST', '/people', { name: 'Аграфена Заболоцкая' })
  await okno.call('PUT', `/people/${personId}/household/${granny.id}`, { part: 'двоюродная бабушка по матери' })
  await page.goto(`${okno.platform.config.publicUrl}/people/${personId}`)
  const household = page.getByRole('region', { name: 'Семья и домочадцы' })
  await household.getByRole('button', { name: 'Добавить', exact: true }).click()
  const adding = page.getByRole('dialog', { name: 'Семья и домочадцы' })
  await adding.getByLabel('Кто живёт или покупает вместе').and(page.locator(':focus')).waitFor()
  await page.keyboard.press('Escape')
  await adding.waitFor({ state: 'detached' })
  await household.getByRole('button', { name: 'Изменить, кто Аграфена Заболоцкая в семье' }).click()
  const panel = page.getByRole('dialog', { name: 'Аграфена Заболоцкая' })
  await panel.getByLabel('Кем приходится остальным').and(page.locator(':focus')).waitFor()
  await panel.getByRole('button', { name: 'Больше не вместе' }).click()
  const told = page.getByRole('alert').filter({ hasText: 'Аграфена Заболоцкая: больше не в этой семье' })
  await household.getByText('Аграфена').waitFor({ state: 'detached' })
  await told.getByRole('button', { name: 'Отменить' }).click()
  await household.getByText('двоюродная бабушка по матери').waitFor()
  expect(operator.errors).toEqual([])
})

test('a wish that was forgotten by mistake comes back as it was, and what is said of a relation can be read', async () => {
  const { page } = operator
  const { body: boss } = await okno.call('POST', '/people', { name: 'Лидия Начальникова' })
  const note = 'Согласует все покупки дороже ста тысяч'
  await okno.call('POST', `/people/${personId}/relations`, { otherId: boss.id, kind: 'colleague', note })
  const wish = { channel: 'email', purpose: 'marketing', isWelcome: true, perMonth: 2 }
  await okno.call('PUT', `/people/${personId}/preferences`, wish)
  await page.goto(`${okno.platform.config.publicUrl}/people/${personId}`)
  await page.getByRole('region', { name: 'Связи' }).getByText(note).waitFor()
  const wishes = page.getByRole('list', { name: 'Пожелания' })
  await wishes.getByRole('button', { name: /^Забыть/ }).click()
  const told = page.getByRole('alert').filter({ hasText: 'Пожелание забыто' })
  await wishes.waitFor({ state: 'detached' })
  await told.getByRole('button', { name: 'Отменить' }).click()
  await wishes.getByText('не чаще 2 раз в месяц').waitFor()
  expect((await okno.call('GET', `/people/${personId}`)).body.preferences).toMatchObject([wish])
  expect(await barriers(page)).toEqual([])
  expect(operator.errors).toEqual([])
})

test('a note whose answer was lost on its way is seen on the card, and nobody is asked to write it a second time', async () => {
  const { page } = operator
  await page.goto(`${okno.platform.config.publicUrl}/people/${personId}`)
  const notes = page.getByRole('region', { name: 'Заметки' })
  await notes.getByRole('button', { name: 'Добавить заметку' }).click()
  const box = notes.getByRole('textbox', { name: 'Текст заметки' })
  await box.fill('Ключи у соседки')
  const address = `**/api/v1/people/${personId}/notes`
  await page.route(address, async (route) => {
    await route.fetch()
    await route.abort()
  })
  await notes.getByRole('button', { name: 'Записать' }).click()

  await page.getByRole('alert').getByText('неизвестно, сохранилось ли').waitFor()
  await notes.getByRole('paragraph').getByText('Ключи у соседки').waitFor()
  expect(await box.inputValue()).toBe('Ключи у соседки')
  expect(await notes.getByRole('button', { name: 'Записать' }).isEnabled()).toBe(true)
  await page.unroute(address)
  operator.errors.splice(0)
})
