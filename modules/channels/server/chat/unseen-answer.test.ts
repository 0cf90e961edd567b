import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ChatServer, startChatServer, visit } from '../../../../tests/support/chat-server.ts'
import { eventually } from '../../../../tests/support/eventually.ts'
import { chatAnswerUnseen } from '../../contract/events.ts'
import { anOutgoingMessage } from '../adapters/adapter-contract.ts'

let server: ChatServer
beforeAll(async () => {
  server = await startChatServer()
  await server.platform.jobs.start({ concurrency: 1 })
})
afterAll(async () => {
  await server.platform.jobs.stop()
  await server.close()
})

async function aThreadWithEmail() {
  const visitor = await visit(server.url, { account: server.key })
  await visitor.ask('say', { key: randomUUID(), text: 'Вопрос' })
  await visitor.ask('leave_email', { email: 'visitor@example.com' })
  const [row] = await server.query('select id from channels.chat_threads order by id desc limit 1')
  return { visitor, threadId: String(row?.id) }
}
const answer = async (thread: string) => {
  const id = randomUUID()
  await server.account.send(anOutgoingMessage({ id, thread }))
  return id
}
/** Two minutes pass for the jobs that wait. */
const later = () => server.query('update graphile_worker._private_jobs set run_at = now()')
const unseen = async () =>
  (await server.query('select data from platform.events where name = $1', [chatAnswerUnseen.name])).map(
    ({ data }) => data,
  )

test('an answer that nobody fetched is announced with the e-mail, and one that was fetched is not', async () => {
  const away = await aThreadWithEmail()
  away.visitor.leave()
  const here = await aThreadWithEmail()

  const missed = await answer(away.threadId)
  await answer(here.threadId)
  await here.visitor.ask('seen', { delivered: 3, read: 0 })
  await later()

  const expected = {
    messageId: missed,
    accountId: server.accountId,
    threadId: away.threadId,
    email: 'visitor@example.com',
  }
  await eventually(async () => (await unseen()).length > 0)
  await eventually(
    async () =>
      (
        await server.query(
          `select j.id from graphile_worker._private_jobs as j join graphile_worker._private_tasks as t on t.id = j.task_id where t.identifier = 'channels.check_chat_answer'`,
        )
      ).length === 0,
  )
  expect(await unseen()).toEqual([expected])
  here.visitor.leave()
})
