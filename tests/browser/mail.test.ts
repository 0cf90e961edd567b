import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MailWorld, sendMail, startMailWorld } from '../support/mail.ts'
import { eventually } from '../support/platform.ts'
import { type BrowserOkno, barriers, openWindow, type Person, startForBrowsers, write } from '../support/window.ts'

let world: MailWorld
let okno: BrowserOkno
let operator: Person

beforeAll(async () => {
  world = await startMailWorld()
  okno = await startForBrowsers()
  await okno.call('POST', '/accounts', {
    name: 'Поддержка',
    address: 'support@severny-dom.test',
    smtp: { host: '127.0.0.1', port: world.port, security: 'none' },
  })
  operator = await openWindow(okno)
})
afterAll(async () => {
  await operator?.leave()
  await okno?.close()
  await world?.close()
})

test('mail in, answer, mail out, without leaving the window', async () => {
  const { page } = operator

  await sendMail(okno.smtpPort, {
    from: '"Ирина Ковалёва" <irina@example.com>',
    to: 'support@severny-dom.test',
    subject: 'Не открывается ящик комода',
    text: 'Добрый день! Купили комод «Луна», нижний ящик не открывается.',
  })
  await page.getByText('Ирина Ковалёва').first().click()
  await page.getByText('нижний ящик не открывается').last().waitFor()
  await page.getByRole('heading', { name: 'Ирина Ковалёва' }).first().waitFor()

  await write(page, 'r', 'Здравствуйте, Ирина! Мастер приедет завтра с 10 до 14.')

  const answer = await eventually(() => world.received[0])
  expect(answer.to).toEqual(['irina@example.com'])
  expect(answer.mail.text).toContain('Мастер приедет завтра с 10 до 14.')
  await page.getByText('Отправлено').first().waitFor()

  await sendMail(okno.smtpPort, {
    from: 'irina@example.com',
    to: 'support@severny-dom.test',
    subject: 'Re: Не открывается ящик комода',
    inReplyTo: answer.mail.messageId ?? '',
    references: answer.mail.messageId ?? '',
    text: 'Отлично, будем дома.',
  })
  await page.getByText('Отлично, будем дома.').last().waitFor()

  expect(await barriers(page)).toEqual([])
  expect(operator.errors).toEqual([])
})
