import { expect, test } from 'vitest'
import { mailServer } from './mail-server-words.ts'

test('settings in the words of mail libraries mean the same as our own', () => {
  const ours = { host: 'smtp.example.com', port: 465, user: 'anna', password: 'p', security: 'tls' }

  expect(mailServer({ host: 'smtp.example.com', port: 465, secure: true, auth: { user: 'anna', pass: 'p' } })).toEqual(
    ours,
  )
  expect(mailServer({ host: 'smtp.example.com', port: 465, username: 'anna', pass: 'p' })).toEqual(ours)
  expect(mailServer(ours)).toEqual(ours)
})

test.each([
  [{ host: 'imap.example.com', port: 993 }, 'tls'],
  [{ host: 'smtp.example.com', port: 587 }, 'starttls'],
  [{ host: 'smtp.example.com', port: 25, secure: false }, 'when_offered'],
  [{ host: '127.0.0.1', port: 2526 }, 'when_offered'],
  [{ host: '127.0.0.1', port: 2526, security: 'none' }, 'none'],
])('security of %o is %s', (given, security) => {
  expect(mailServer(given)).toMatchObject({ security })
})

test('what is no server at all is left for the schema to refuse', () => {
  expect(mailServer('smtp.example.com')).toBe('smtp.example.com')
  expect(mailServer(null)).toBeNull()
})
