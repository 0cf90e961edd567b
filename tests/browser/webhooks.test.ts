import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  startWebhookReceiver,
  type WebhookReceiver,
} from '../../modules/channels/server/simulators/webhook-receiver.ts'
import { eventually } from '../support/platform.ts'
import { type BrowserOkno, barriers, openWindow, type Person, startForBrowsers } from '../support/window.ts'

let okno: BrowserOkno
let shop: WebhookReceiver
let admin: Person
beforeAll(async () => {
  okno = await startForBrowsers()
  shop = await startWebhookReceiver()
  admin = await openWindow(okno)
})
afterAll(async () => {
  await admin?.leave()
  await shop?.close()
  await okno?.close()
})

test('an administrator adds a webhook, tests it, finds what was refused in the log and sends it once more', async () => {
  const { page, errors } = admin
  await page.goto(`${okno.platform.config.publicUrl}/settings/webhooks`)
  await page.getByText('Вебхуков пока нет').waitFor()
  expect(await barriers(page)).toEqual([])

  await page.getByRole('button', { name: 'Добавить вебхук' }).click()
  const panel = page.getByRole('dialog')
  await panel.getByLabel('Название').fill('Интернет-магазин')
  await panel.getByLabel('Адрес', { exact: false }).first().fill(shop.url)
  await panel.getByText('Карточка изменилась').click()
  await panel.getByRole('switch', { name: 'Адрес находится в нашей собственной сети' }).click()
  expect(await barriers(page)).toEqual([])
  await panel.getByRole('button', { name: 'Добавить вебхук' }).click()
  expect(await panel.getByRole('group', { name: 'Секрет для подписи' }).textContent()).toContain('whsec_')
  await panel.getByRole('button', { name: 'Открыть вебхук' }).click()

  await page.getByRole('button', { name: 'Отправить проверку' }).click()
  const log = page.getByRole('list', { name: 'Журнал' })
  await log.getByText('Принято').waitFor()

  shop.behave({ kind: 'answer', status: 500, body: 'Касса закрыта на обед' }, 1)
  await okno.call('POST', '/people', { name: 'Константинопольская Александра Владимировна' })
  await log.getByText('Будет повтор').waitFor()
  await log.getByRole('button', { name: 'Открыта карточка' }).click()
  const delivery = page.getByRole('dialog', { name: 'Отправка' })
  await delivery.getByText('Касса закрыта на обед', { exact: true }).waitFor()
  await delivery.getByText('Константинопольская Александра Владимировна').first().waitFor()
  expect(await barriers(page)).toEqual([])
  const before = shop.calls.length
  await delivery.getByRole('button', { name: 'Отправить ещё раз' }).click()
  await eventually(() => shop.calls.length > before)
  await delivery.getByText('Принято (200)', { exact: false }).waitFor()
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Отправить ещё раз…' }).click()
  const replay = page.getByRole('dialog', { name: 'Отправить ещё раз…' })
  await replay.getByLabel('Всё').check()
  expect(await barriers(page)).toEqual([])
  const told = shop.calls.length
  await replay.getByRole('button', { name: 'Отправить ещё раз' }).click()
  await eventually(() => shop.calls.length > told)
  const ids = shop.calls
    .filter(({ body }) => body.includes('person_created'))
    .map(({ headers }) => headers['webhook-id'])
  expect(new Set(ids).size).toBe(1)
  expect(errors).toEqual([])
})

test('a webhook that was removed leads back to the list; its old address says that there is no such one', async () => {
  const { page, errors } = admin
  const { body } = await okno.call('POST', '/webhooks', {
    name: 'Склад',
    url: 'https://warehouse.example/hook',
    events: ['customers.person_created'],
  })
  const address = `${okno.url}/settings/webhooks?webhook=${body.id}`
  await page.goto(address)
  await page.getByRole('button', { name: 'Удалить вебхук' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Удалить вебхук' }).click()
  await page.waitForURL(`${okno.url}/settings/webhooks`)

  await page.goto(address)
  await page.getByRole('heading', { name: 'Такого вебхука нет' }).waitFor()
  expect(await barriers(page)).toEqual([])
  await page.getByRole('link', { name: 'Все вебхуки' }).click()
  await page.getByRole('heading', { name: 'Вебхуки' }).waitFor()
  expect(errors).toEqual([])
})

test('a program gets a key for chosen tools, shown once with its settings', async () => {
  const { page, errors } = admin
  await page.goto(`${okno.platform.config.publicUrl}/settings/programs`)
  await page.getByLabel('Для чего ключ').fill('Ассистент')
  await page.getByRole('checkbox', { name: 'Создавать задачи' }).uncheck()
  await page.getByRole('button', { name: 'Выпустить ключ' }).click()
  const settings = await page.getByRole('group', { name: 'Настройки программы' }).textContent()
  expect(settings).toContain(`${okno.platform.config.publicUrl}/mcp`)
  expect(await barriers(page)).toEqual([])

  const key = /Bearer (okno_\w+)/.exec(settings ?? '')?.[1]
  const answer = await fetch(`${okno.url}/api/v1/me`, { headers: { authorization: `Bearer ${key}` } })
  expect(answer.status).toBe(403)
  const [made] = (await okno.call('GET', '/keys')).body.items
  expect(made).toMatchObject({ name: 'Ассистент', tools: expect.not.arrayContaining(['create_task']) })
  expect(errors).toEqual([])
})
