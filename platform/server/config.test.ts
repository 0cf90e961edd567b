import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

let dataDir: string
const read = (env: Record<string, string> = {}) => readConfig({ OKNO_DATA_DIR: dataDir, ...env })

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'okno config '))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

describe('defaults', () => {
  test('an empty environment gives a configuration that starts everything on one machine', () => {
    expect(read()).toMatchObject({
      port: 8080,
      databaseUrl: undefined,
      publicUrl: 'http://localhost:8080',
      roles: new Set(['web', 'worker']),
      smtp: { port: 2525 },
      tls: undefined,
      demo: true,
      logLevel: 'info',
      monitorPort: undefined,
    })
  })

  test('an empty variable counts as not set', () => {
    expect(read({ PORT: '', OKNO_LOG_LEVEL: ' ' })).toMatchObject({ port: 8080, logLevel: 'info' })
  })

  test('the public address follows the port', () => {
    expect(read({ PORT: '9000' }).publicUrl).toBe('http://localhost:9000')
  })
})

describe('values', () => {
  test('every variable is read', () => {
    const config = read({
      PORT: '0',
      DATABASE_URL: 'postgres://okno:x@pooler/okno',
      DATABASE_DIRECT_URL: 'postgres://okno:x@db/okno',
      OKNO_PUBLIC_URL: 'https://crm.example.com/',
      OKNO_ROLES: 'worker',
      OKNO_SMTP_PORT: 'off',
      OKNO_TLS_CERT: '/etc/cert.pem',
      OKNO_TLS_KEY: '/etc/key.pem',
      OKNO_ADMIN_EMAIL: 'Admin@Example.com',
      OKNO_ADMIN_PASSWORD: 'correct horse',
      OKNO_API_KEY: 'fixed-key-of-the-administrator',
      OKNO_DEMO: '0',
      OKNO_SECRET_KEY: 'ab'.repeat(32),
      REDIS_URL: 'redis://localhost',
      OKNO_LOG_LEVEL: 'debug',
      OKNO_MONITOR_PORT: '9464',
    })

    expect(config).toEqual({
      port: 0,
      dataDir,
      databaseUrl: 'postgres://okno:x@pooler/okno',
      databaseDirectUrl: 'postgres://okno:x@db/okno',
      publicUrl: 'https://crm.example.com',
      roles: new Set(['worker']),
      smtp: undefined,
      tls: { certPath: '/etc/cert.pem', keyPath: '/etc/key.pem' },
      admin: { email: 'admin@example.com', password: 'correct horse' },
      apiKey: 'fixed-key-of-the-administrator',
      demo: false,
      secretKey: new Uint8Array(32).fill(0xab),
      redisUrl: 'redis://localhost',
      logLevel: 'debug',
      monitorPort: 9464,
    })
  })

  test.each([
    ['PORT', '80a'],
    ['PORT', '65536'],
    ['DATABASE_URL', 'mysql://host/db'],
    ['DATABASE_DIRECT_URL', 'localhost:5432'],
    ['OKNO_PUBLIC_URL', 'crm.example.com'],
    ['OKNO_ROLES', 'web,cron'],
    ['OKNO_SMTP_PORT', '-1'],
    ['OKNO_ADMIN_EMAIL', 'admin'],
    ['OKNO_ADMIN_PASSWORD', 'short'],
    ['OKNO_API_KEY', 'has a space in it'],
    ['OKNO_DEMO', 'maybe'],
    ['OKNO_SECRET_KEY', 'abc'],
    ['REDIS_URL', 'localhost:6379'],
    ['OKNO_LOG_LEVEL', 'loud'],
  ])('%s=%s is refused by name', (name, value) => {
    expect(() => read({ [name]: value })).toThrow(ConfigError)
    expect(() => read({ [name]: value })).toThrow(new RegExp(`^  ${name} must `, 'm'))
  })

  test('all wrong variables are named at once, and secrets are not shown', () => {
    const env = { PORT: 'x', OKNO_ADMIN_PASSWORD: 'hunter2', OKNO_SECRET_KEY: 'not-a-key' }

    expect(() => read(env)).toThrow(/PORT.*OKNO_ADMIN_PASSWORD.*OKNO_SECRET_KEY/s)
    expect(() => read(env)).not.toThrow(/hunter2|not-a-key/)
  })

  test('a way past a pooler without the pooler is refused', () => {
    expect(() => read({ DATABASE_DIRECT_URL: 'postgres://okno:x@db/okno' })).toThrow(/DATABASE_URL must be set too/)
  })

  test('a certificate without its key is refused', () => {
    expect(() => read({ OKNO_TLS_CERT: '/etc/cert.pem' })).toThrow(/OKNO_TLS_KEY must be set too/)
  })
})

describe('secret key', () => {
  test('it is made once, is readable by its owner only and stays the same', () => {
    const first = read().secretKey
    const second = read().secretKey

    expect(first).toHaveLength(32)
    expect(second).toEqual(first)
    expect(statSync(join(dataDir, 'secret-key')).mode & 0o777).toBe(0o600)
  })

  test('a damaged key file stops the start instead of being replaced', () => {
    writeFileSync(join(dataDir, 'secret-key'), 'oops')

    expect(() => read()).toThrow(ConfigError)
    expect(() => read()).toThrow(/is damaged/)
    expect(readFileSync(join(dataDir, 'secret-key'), 'utf8')).toBe('oops')
  })

  test('a data folder that cannot be made or read is named, with what to do', () => {
    const file = join(dataDir, 'a-file')
    writeFileSync(file, '')

    expect(() => read({ OKNO_DATA_DIR: join(file, 'data') })).toThrow(ConfigError)
    expect(() => read({ OKNO_DATA_DIR: join(file, 'data') })).toThrow(
      /OKNO_DATA_DIR .*a-file\/data cannot be used: ENOTDIR/,
    )
  })

  test('base64 and hexadecimal mean the same key', () => {
    const bytes = Buffer.from('0123456789abcdef0123456789abcdef')

    expect(read({ OKNO_SECRET_KEY: bytes.toString('base64') }).secretKey).toEqual(new Uint8Array(bytes))
    expect(read({ OKNO_SECRET_KEY: bytes.toString('hex') }).secretKey).toEqual(new Uint8Array(bytes))
  })
})
