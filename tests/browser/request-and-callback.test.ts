import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MailWorld, startMailWorld } from '../support/mail.ts'
import { eventually } from '../support/platform.ts'
import {
  type BrowserOkno,
  barriers,
  openPage,
  openWindow,
  type Person,
  startForBrowsers,
  write,
} from '../support/window.ts'

let okno: BrowserOkno
let world: MailWorld
let operator: Person
const keys = { request: '', callback: '' }

beforeAll(async () => {
  world = await startMailWorld()
  okno = await startForBrowsers()
  await okno.call('POST', '/accounts', {
    name: 'Поддержка',
    address: 'support@severny-dom.test',
    smtp: { host: '127.0.0.1', port: world.port, security: 'none' },
  })
  const consent = { text: 'Согласен на обработку персональных данных.', version: 3 }
  for (const type of ['request', 'callback'] as const) {
    const { body } = await okno.call('POST', '/accounts', {
      kind: 'form',
      name: `Форма ${type}`,
      config: { type, consent },
    })
    keys[type] = body.key
  }
  operator = await openWindow(okno)
})
afterAll(async () => {
  await operator?.leave()
  await okno?.close()
  await world?.close()
})

const openForm = (type: 'request' | 'callback') => openPage(`${okno.platform.config.publicUrl}/f/${keys[type]}`)

test('a request by form stands in the window with its consent on the card, and is answered by mail', async () => {
  const customer = await openForm('request')
  const { page } = customer
  expect(await barriers(page)).toEqual([])

  await page.getByLabel('Имя').fill('Николай Ветров')
  await page.getByLabel('E-mail').fill('vetrov@example.com')
  await page.getByLabel('Сообщение').fill('Сколько стоит установка двери?')
  await page.getByLabel(/Согласен на обработку/).check()
  // A form that is sent faster than anybody can type is taken for a robot's.
  await page.waitForTimeout(2500)
  await page.getByRole('button').first().click()
  await page
    .getByRole('status')
    .or(page.getByRole('heading', { name: /Спасибо|принят/i }))
    .first()
    .waitFor()
  await customer.leave()

  const window = operator.page
  await window.getByText('Николай Ветров').first().click()
  await window.getByText('Сколько стоит установка двери?').last().waitFor()
  await write(window, 'r', 'Установка стоит 4 500 рублей.')

  const answer = await eventually(() => world.received[0])
  expect(answer.to).toEqual(['vetrov@example.com'])
  expect(answer.mail.text).toContain('Установка стоит 4 500 рублей.')
  const { body: people } = await okno.call('GET', `/people?q=${encodeURIComponent('Ветров')}`)
  const { body: card } = await okno.call('GET', `/people/${people.items[0].id}`)
  expect(card.consents).toMatchObject([{ textVersion: 3, text: 'Согласен на обработку персональных данных.' }])
  expect(card.identities.find(({ kind }: { kind: string }) => kind === 'email')).toMatchObject({ proven: false })
  expect(operator.errors).toEqual([])
})

test('a callback is due within the time that was asked for', async () => {
  const customer = await openForm('callback')
  const { page } = customer
  await page.getByLabel('Имя').fill('Галина Сомова')
  await page.getByLabel('Телефон').fill('8 (912) 345-67-89')
  const slot = await page.locator('select').first().locator('option').nth(2).getAttribute('value')
  await page.locator('select').first().selectOption(slot)
  await page.getByLabel(/Согласен на обработку/).check()
  await page.waitForTimeout(2500)
  await page.getByRole('button').first().click()

  const conversation = await eventually(async () =>
    (await okno.call('GET', '/conversations')).body.items.find(
      (c: { person: { name: string } }) => c.person.name === 'Галина Сомова',
    ),
  )
  await customer.leave()
  const { body: messages } = await okno.call('GET', `/conversations/${conversation.id}/messages`)
  const { callback_to: to } = messages.items.find((m: { direction: string }) => m.direction === 'in').context
  expect(new Date(conversation.dueAt).getTime()).toBe(new Date(to).getTime())
  await operator.page.getByText('Галина Сомова').first().waitFor()
})
