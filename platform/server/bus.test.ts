import { expect, test } from 'vitest'
import { createBus } from './bus.ts'
import { freePort } from './free-port.ts'
import { createLog } from './log.ts'

test('a Redis that is away does not keep a process from starting, working and stopping', async () => {
  const redisUrl = `redis://127.0.0.1:${await freePort()}`
  const bus = createBus({ url: 'postgres://nobody@127.0.0.1:1/none', redisUrl, log: createLog('silent') })

  await bus.start()
  expect(() => bus.publish('word', { lost: true })).not.toThrow()
  await bus.stop()
})
