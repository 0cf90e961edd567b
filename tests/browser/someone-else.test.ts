import { mkdirSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Account, aConversation, aMessage, anAccount, receive } from '../support/inbox.ts'
import { type BrowserOkno, barriers, openWindow, type Person, startForBrowsers } from '../support/window.ts'

let okno: BrowserOkno
let shop: Account
let operator: Person
const SHOTS = process.env.COMPANY_SHOTS

beforeAll(async () => {
  okno = await startForBrowsers()
  shop = await anAccount(okno)
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
const says = (sender: string, thread: string, name: string, text: string) =>
  receive(okno, shop, [
    aMessage({
      threads: [thread],
      from: { address: sender, name, identities: [{ kind: 'email', value: sender, proven: true }] },
      text,
    }),
  ])

test('a message that is from someone else goes into a conversation of theirs, and the line it leaves says where', async () => {
  const { page } = operator
  const { id, sender, fact } = await aConversation(okno, shop)
  await says(sender, fact.threads[0] ?? '', 'Анна Петрова', 'А это пишет уже сестра: когда доставка?')
  await page.goto(`${okno.platform.config.publicUrl}/inbox/${id}`)
  const message = page.getByRole('article').filter({ hasText: 'пишет уже сестра' })
  await message.hover()
  await message.getByRole('button', { name: 'Это от другого' }).click()
  const panel = page.getByRole('dialog')
  await panel.getByText('Новый контакт').click()
  await panel.getByLabel('Имя нового контакта').fill('Екатерина Петрова')
  await panel.getByLabel('Только это сообщение').check()
  expect(await barriers(page)).toEqual([])
  await shot('someone-else-1440')
  await panel.getByRole('button', { name: 'Перенести' }).click()

  await page.getByRole('heading', { name: 'Екатерина Петрова' }).first().waitFor()
  await page.getByRole('article').filter({ hasText: 'пишет уже сестра' }).waitFor()
  await page.goto(`${okno.platform.config.publicUrl}/inbox/${id}`)
  await page.getByText(/здесь стояло сообщение другого человека/).waitFor()
  expect(await page.getByRole('article').filter({ hasText: 'пишет уже сестра' }).count()).toBe(0)
})

test('an address used under two names is asked about; once it is shared, one chooses who speaks', async () => {
  const { page } = operator
  const { id, sender, fact, person } = await aConversation(okno, shop)
  await says(sender, fact.threads[0] ?? '', 'Николай Воскресенский', 'Это Николай, пишу с почты жены.')
  const { body: husband } = await okno.call('POST', '/people', { name: 'Николай Воскресенский' })
  await okno.call('PUT', `/people/${person.id}/household/${husband.id}`, { part: 'муж' })
  await page.goto(`${okno.platform.config.publicUrl}/inbox/${id}`)
  const bar = page.getByRole('region', { name: 'Кто пишет?' })
  await bar.getByText(/пишут под разными именами: Анна Петрова, Николай Воскресенский/).waitFor()
  expect(await barriers(page)).toEqual([])
  await shot('names-differ-1440')
  await bar.getByRole('button', { name: 'Это общий адрес' }).click()
  await bar.getByRole('button', { name: 'Николай Воскресенский' }).waitFor()
  expect(await barriers(page)).toEqual([])
  await shot('who-speaks-1440')
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await barriers(page)).toEqual([])
  await shot('who-speaks-390')
  await page.setViewportSize({ width: 1440, height: 900 })
  await bar.getByRole('button', { name: 'Николай Воскресенский' }).click()

  await page.getByRole('heading', { name: 'Николай Воскресенский' }).first().waitFor()
  const card = page.getByRole('complementary', { name: 'Клиент' })
  await card.getByRole('region', { name: 'Семья и домочадцы' }).getByText('Анна Петрова').waitFor()
  expect(operator.errors).toEqual([])
})
