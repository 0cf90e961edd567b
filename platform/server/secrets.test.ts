import { expect, test } from 'vitest'
import { createSecrets } from './secrets.ts'

const secrets = createSecrets(new Uint8Array(32).fill(7))

test('a sealed value opens in its own context only', () => {
  const sealed = secrets.seal('пароль', 'account 1')

  expect(secrets.open(sealed, 'account 1')).toBe('пароль')
  expect(() => secrets.open(sealed, 'account 2')).toThrow()
  expect(() => createSecrets(new Uint8Array(32)).open(sealed, 'account 1')).toThrow()
})

test('a changed sealed value does not open', () => {
  const [version, nonce, tag, body] = secrets.seal('password', 'account 1').split('.')
  const changed = [version, nonce, tag, `${body?.startsWith('A') ? 'B' : 'A'}${body?.slice(1)}`].join('.')

  expect(() => secrets.open(changed, 'account 1')).toThrow()
})

test('a sealed value with a part of its tag does not open', () => {
  const [version, nonce, tag = '', body] = secrets.seal('password', 'account 1').split('.')
  const short = Buffer.from(tag, 'base64url').subarray(0, 4).toString('base64url')

  expect(() => secrets.open([version, nonce, short, body].join('.'), 'account 1')).toThrow()
})

test('keys of two purposes differ', () => {
  expect(secrets.keyFor('a')).not.toEqual(secrets.keyFor('b'))
})
