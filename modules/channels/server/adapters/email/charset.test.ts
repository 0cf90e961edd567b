import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { trueCharset } from './charset.ts'
import { parseMail } from './parse-mail.ts'

const RUSSIAN = 'Здравствуйте! Подскажите, пожалуйста, когда будет готов наш заказ?'

const mail = (header: string, body: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`From: a@b.example\r\n${header}\r\n\r\n`), body])

describe('text under a label that is missing or wrong', () => {
  test.each(['koi8-r', 'windows-1251', 'ibm866', 'iso-8859-5', 'x-mac-cyrillic', 'utf-8'])(
    'is found to be %s',
    (charset) => {
      const bytes = iconv.encode(RUSSIAN, charset === 'x-mac-cyrillic' ? 'maccyrillic' : charset)

      for (const label of ['', 'utf-8', 'us-ascii', 'iso-8859-1', 'unknown-8bit', 'koi8-r', 'windows-1251']) {
        // The small letters of these two are the same bytes, so the label decides.
        if (charset === 'x-mac-cyrillic' && label === 'windows-1251') continue
        expect([label, trueCharset(bytes, label)]).toEqual([label, charset])
      }
    },
  )

  test.each([
    ['windows-1252', 'Größe und Preis: 5 €, naïve Frage', 'utf-8'],
    ['iso-8859-1', 'Où est ma commande, s’il vous plaît ?'.replace('’', "'"), 'iso-8859-1'],
    ['shift_jis', 'ご注文はいつ届きますか', 'shift_jis'],
    ['gbk', '请问什么时候发货', 'gb2312'],
    ['windows-1253', 'Πότε θα είναι έτοιμη η παραγγελία', 'windows-1253'],
    ['windows-1250', 'Kdy bude hotová naše objednávka, prosím?', 'windows-1250'],
    ['koi8-r', 'Счёт', 'koi8-r'],
  ])('is left or found to be %s: %s', async (charset, text, label) => {
    const read = await parseMail(
      mail(
        `Content-Type: text/plain; charset=${label}\r\nContent-Transfer-Encoding: 8bit`,
        iconv.encode(text, charset),
      ),
    )

    expect(read.text.trim()).toBe(text)
  })
})

test('charsets that only iconv knows are read, too', async () => {
  expect(
    (await parseMail(mail('Content-Type: text/plain; charset=utf-7', Buffer.from('+BB8EQAQ4BDIENQRC-!')))).text.trim(),
  ).toBe('Привет!')
  expect(
    (await parseMail(mail('Content-Type: text/plain; charset=cp850', iconv.encode('Größe', 'cp850')))).text.trim(),
  ).toBe('Größe')
})

test('encoded words cut in the middle of a letter are put together', async () => {
  const bytes = Buffer.from('Привет, мир')
  const word = (part: Buffer) => `=?utf-8?B?${part.toString('base64')}?=`

  const read = await parseMail(
    mail(`Subject: ${word(bytes.subarray(0, 5))}\r\n ${word(bytes.subarray(5))}`, Buffer.from('x')),
  )

  expect(read.header('subject')).toBe('Привет, мир')
})

test('each part is read in its own charset', async () => {
  const part = (charset: string) =>
    Buffer.concat([
      Buffer.from(`--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n`),
      iconv.encode(RUSSIAN, charset),
      Buffer.from('\r\n'),
    ])
  const body = Buffer.concat([part('koi8-r'), part('windows-1251'), Buffer.from('--b--\r\n')])

  const read = await parseMail(mail('Content-Type: multipart/mixed; boundary=b', body))

  expect(read.text.split(RUSSIAN)).toHaveLength(3)
})

test('quoted lines of flowed text do not swallow the answer', async () => {
  const read = await parseMail(
    mail('Content-Type: text/plain; format=flowed', Buffer.from('> a question \r\nan answer \r\ngoes on\r\n')),
  )

  expect(read.text.trim()).toBe('> a question\nan answer goes on')
})
