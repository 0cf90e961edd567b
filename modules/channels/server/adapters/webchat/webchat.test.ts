import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { ChannelError } from '../../channel-adapter.ts'
import { adapterContract, anOutgoingMessage, memoryIo } from '../adapter-contract.ts'
import { createWebchat } from './index.ts'
import { type ChatAnswer, UnknownChatThread } from './provider.ts'

const THREAD = '0199c0de-0000-7000-8000-0000000000b1'

/** A transcript in memory, or one that fails in a given way. */
function aTranscript(failure?: Error) {
  const answers: ChatAnswer[] = []
  const adapter = createWebchat({
    append: async (answer) => {
      if (failure) throw failure
      answers.push(answer)
    },
    readFile: async (_accountId, fileId) => Buffer.from(`bytes of ${fileId}`),
  })
  return { answers, adapter }
}

adapterContract(aTranscript().adapter, {
  config: { title: 'Северный дом', identitySecret: 'shared-with-the-shop-server' },
  secrets: ['shared-with-the-shop-server'],
  fixtures: fileURLToPath(new URL('./fixtures', import.meta.url)),
})

test('an answer goes to its thread, or to the visitor when no thread is known', async () => {
  const { answers, adapter } = aTranscript()
  const account = adapter.open({ unseenAfterMinutes: 5 }, memoryIo())

  const sent = await account.send(anOutgoingMessage({ thread: THREAD, fromName: 'Анна' }))
  await account.send(anOutgoingMessage({ to: '6b1f7a52-0d2f-4c7c-9a53-3c1b9a010b7c' }))

  expect(sent).toEqual({ id: anOutgoingMessage().id, thread: THREAD })
  expect(answers.map(({ threadId }) => threadId)).toEqual([THREAD, '6b1f7a52-0d2f-4c7c-9a53-3c1b9a010b7c'])
  expect(answers[0]).toMatchObject({ authorName: 'Анна', unseenAfterSeconds: 300, messageId: anOutgoingMessage().id })
})

test('a visitor who is not known is final; a database that is away is not', async () => {
  const failureOf = (failure: Error) =>
    aTranscript(failure)
      .adapter.open({}, memoryIo())
      .send(anOutgoingMessage({ thread: THREAD }))
      .catch((error: unknown) => error)

  expect(await failureOf(new UnknownChatThread('no thread'))).toMatchObject({ reason: 'rejected', outcome: 'not_sent' })
  const away = await failureOf(new Error('connection refused'))
  expect(away).toBeInstanceOf(ChannelError)
  expect(away).toMatchObject({ reason: 'unreachable', outcome: 'unknown' })
})

test('an empty answer is refused', async () => {
  const account = aTranscript().adapter.open({}, memoryIo())

  await expect(account.send(anOutgoingMessage({ thread: THREAD, text: ' ' }))).rejects.toMatchObject({
    reason: 'rejected',
    outcome: 'not_sent',
  })
})

test('a visitor’s file is loaded by its pointer', async () => {
  const account = aTranscript().adapter.open({}, memoryIo())

  const bytes = await account.download?.({ name: 'a', mime: 'image/png', sizeBytes: 1, inline: false, ref: 'f1' })

  expect(Buffer.from(bytes ?? []).toString()).toBe('bytes of f1')
})
