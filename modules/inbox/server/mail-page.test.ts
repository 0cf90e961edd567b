import { expect, test } from 'vitest'
import { mailPage, mailPagePolicy } from './mail-page.ts'

const MAIL = '<p>Hello data-remote-src=</p><img alt="logo" data-remote-src="https://elsewhere.example/a.png">'

test('images of other servers stay out until the reader lets them in', () => {
  expect(mailPage(MAIL, { withImages: false })).not.toMatch(/<img[^>]*\ssrc=/)
  expect(mailPage(MAIL, { withImages: true })).toContain('<img alt="logo" src="https://elsewhere.example/a.png">')
})

test('words that look like an image are left as they are', () => {
  expect(mailPage(MAIL, { withImages: true })).toContain('<p>Hello data-remote-src=</p>')
})

test('the page may neither run scripts nor send forms, and loads pictures from elsewhere only with leave', () => {
  const closed = mailPagePolicy({ withImages: false })

  expect(closed).toContain("default-src 'none'")
  expect(closed).not.toMatch(/script|https:/)
  expect(closed).not.toContain('allow-scripts')
  expect(mailPagePolicy({ withImages: true })).toContain('https:')
})
