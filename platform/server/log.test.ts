import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { expect, test } from 'vitest'

const PROGRAM = `
  import { createLog } from '${import.meta.dirname}/log.ts'
  const log = createLog('info')
  for (let n = 0; n < 10; n++) {
    log.info({ n }, 'a line')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  process.exit(7)
`

test.runIf(process.platform === 'linux')('a full disk behind the log ends nothing but the log', async () => {
  const full = openSync('/dev/full', 'w')
  const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM], { stdio: ['ignore', full, 'pipe'] })
  closeSync(full)
  let words = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words += text
  })

  const [code] = await once(child, 'exit')

  expect({ code, words }).toEqual({ code: 7, words: '' })
})

const TELLTALE = `
  import { createLog } from '${import.meta.dirname}/log.ts'
  const log = createLog('info')
  const secrets = { password: 'hunter2', token: 'hunter2', apiKey: 'hunter2', privateKey: 'hunter2' }
  log.info({ ...secrets, smtp: secrets, config: { smtp: secrets }, headers: { cookie: 'hunter2', authorization: 'hunter2' } }, 'words')
  log.error({ err: Object.assign(new Error('failed'), { config: { password: 'hunter2' } }) }, 'failed')
  log.child({ part: 'mail' }).warn({ secret: 'hunter2' }, 'words')
`

test('secrets are cut out of every line, also those that hang on an error', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', TELLTALE], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let lines = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    lines += text
  })

  await once(child, 'close')

  expect(lines.trim().split('\n')).toHaveLength(3)
  expect(lines).toContain('[secret]')
  expect(lines).not.toContain('hunter2')
})

const ROW = `
  import { DatabaseError } from 'pg'
  import { createLog } from '${import.meta.dirname}/log.ts'
  const failed = Object.assign(new DatabaseError('null value in column "at" violates not-null constraint', 80, 'error'), {
    code: '23502', constraint: 'at', detail: 'Failing row contains (my card is 4242).', where: 'COPY messages, line 1: "my card is 4242"',
  })
  const log = createLog('info')
  log.error({ err: failed }, 'failed')
  log.error({ err: new Error('wrapped', { cause: failed }) }, 'failed')
  log.error({ err: new AggregateError([failed], 'several') }, 'failed')
`

test('what the database says of a row that it refused is not written down: it holds what people wrote', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', ROW], { stdio: ['ignore', 'pipe', 'inherit'] })
  let lines = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    lines += text
  })

  await once(child, 'close')

  expect(lines.trim().split('\n')).toHaveLength(3)
  expect(lines).toContain('23502')
  expect(lines).not.toContain('4242')
})
