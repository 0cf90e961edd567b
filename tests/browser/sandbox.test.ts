import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from '../support/platform.ts'
import { type BrowserOkno, barriers, holdAnswer, openWindow, type Person, startForBrowsers } from '../support/window.ts'

let okno: BrowserOkno
let admin: Person

beforeAll(async () => {
  okno = await startForBrowsers({ OKNO_DEMO: '1' })
  await okno.call('POST', '/accounts', { kind: 'email', name: 'Поддержка', address: 'support@okno.test' })
  await okno.call('POST', '/accounts', {
    kind: 'api',
    name: 'Магазин',
    config: { secret: 'a-secret-of-the-shop', trustIdentities: true },
  })
  for (const kind of ['webchat', 'form']) await okno.call('POST', '/accounts', { kind, name: kind, config: {} })
  admin = await openWindow(okno)
  await admin.page.getByRole('link', { name: 'Песочница' }).click()
  await admin.page.getByRole('heading', { name: 'Песочница' }).waitFor()
})
afterAll(async () => {
  await admin?.leave()
  await okno?.close()
})

const conversations = async () => (await okno.call('GET', '/conversations?sort=recent')).body.items

test('a mail that comes three times is one conversation; its answer lies in the mailbox, and the reply joins it', async () => {
  const { page } = admin
  await page.getByRole('button', { name: 'Вести ответы в песочницу' }).click()
  await page.getByRole('button', { name: 'Вести ответы в песочницу' }).waitFor({ state: 'detached' })
  await page.getByLabel('Тема').fill('Доставка')
  await page.getByLabel('Текст').fill('Когда привезут стол?')
  await page.getByLabel('Повторов').fill('2')
  expect(await barriers(page)).toEqual([])
  const sending = await holdAnswer(page, '**/sandbox/mail', 'POST')
  await page.getByRole('button', { name: 'Отправить', exact: true }).click()
  const office = page.getByRole('region', { name: 'Что пришло' })
  await office.getByText('Когда привезут стол?').waitFor()

  const [{ id }] = await conversations()
  await okno.call('POST', `/conversations/${id}/replies`, { text: 'Завтра к обеду.' })
  await page.getByText('Завтра к обеду.').first().waitFor()
  await page.getByRole('button', { name: 'Ответить' }).first().click()
  await page.getByLabel('Повторов').fill('0')
  await page.getByLabel('Текст').fill('Спасибо, ждём.')
  // That the letter before has gone out does not clear this one.
  sending.letGo()
  await page.locator('form').getByRole('button', { name: 'Ответить' }).click()
  await office.getByText('Спасибо, ждём.').waitFor()

  expect(await conversations()).toHaveLength(1)
  const { body } = await okno.call('GET', `/conversations/${id}/messages`)
  const said = body.items.filter(({ direction }: { direction: string }) => direction === 'in')
  expect(said.map(({ text }: { text: string }) => text)).toEqual(['Когда привезут стол?', 'Спасибо, ждём.'])
})

test('a mail server that refuses makes an answer fail, in words', async () => {
  const { page } = admin
  await page.getByRole('combobox', { name: 'Что с вашими ответами' }).click()
  const isSet = page.waitForResponse((response) => response.url().endsWith('/sandbox/faults') && response.ok())
  await page.getByRole('option', { name: 'Отказывает' }).click()
  await isSet
  const [{ id }] = await conversations()
  const { body: answer } = await okno.call('POST', `/conversations/${id}/replies`, { text: 'Ещё одно.' })

  const failed = await eventually(async () => {
    const { body } = await okno.call('GET', `/messages/${answer.id}`)
    return body.delivery.state === 'failed' ? body : undefined
  })

  expect(failed.delivery.reasonCode).toBe('rejected')
})

test('another system hands over a signed message and gets the answer at its webhook', async () => {
  const { page } = admin
  await page.getByText('API', { exact: true }).first().click()
  await page.getByRole('button', { name: 'Вести ответы в песочницу' }).click()
  await page.getByRole('button', { name: 'Вести ответы в песочницу' }).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Отправить', exact: true }).click()
  await page.getByRole('region', { name: 'Что пришло' }).getByText('Когда привезут мой заказ?').waitFor()

  const [{ id }] = await conversations()
  await okno.call('POST', `/conversations/${id}/replies`, { text: 'Уже в пути.' })

  await page
    .getByText(/Уже в пути\./)
    .first()
    .waitFor()
  expect(await barriers(page)).toEqual([])
})

test('the chat and the form are shown as customers see them', async () => {
  const { page } = admin
  await page.getByText('Чат на сайте', { exact: true }).first().click()
  const shop = page.frameLocator('iframe')
  await shop.getByRole('button').first().waitFor()
  await page.getByText('Форма', { exact: true }).first().click()
  await page.frameLocator('iframe').getByLabel('Сообщение').waitFor()
  expect(admin.errors).toEqual([])
})
