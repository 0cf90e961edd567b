import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#platform/shared/ids'
import { eventually, openChannels, type TestChannels } from '../../../tests/support/channels.ts'
import type { Account } from '../contract/accounts.ts'
import { messageIdFor } from './adapters/email/message-id.ts'
import { type MailSink, startMailSink } from './simulators/mail-sink.ts'

let okno: TestChannels
let sink: MailSink
let account: Account

beforeAll(async () => {
  okno = await openChannels()
  sink = await startMailSink()
  account = await okno.account({
    kind: 'email',
    address: 'help@okno.test',
    smtp: { host: '127.0.0.1', port: sink.port, security: 'none' },
  })
})
afterAll(async () => {
  await okno.close()
  await sink.close()
})

const sent = () => handedOver('sent')
/** A message to a customer, once it has come to this state. */
async function handedOver(state: string) {
  const id = newId()
  const draft = {
    messageId: id,
    accountId: account.id,
    lane: newId(),
    fileIds: [],
    references: [],
    text: 'Да',
    to: 'm@home.test',
  }
  await okno.platform.transaction(okno.workspaceId, (tx) => okno.channels.enqueueDelivery(tx, draft))
  await untilState(id, state)
  return id
}
const untilState = (id: string, state: string) =>
  eventually(() => okno.changes.findLast(({ messageId }) => messageId === id)?.state === state)
const idOf = (id: string) =>
  messageIdFor(id, { address: 'help@okno.test', key: okno.platform.secrets.keyFor(`account ${account.id}`) })
const accept = (text: string) =>
  okno.channels.accept(
    { workspaceId: okno.workspaceId, accountId: account.id },
    {
      key: newId(),
      receivedAt: new Date(),
      headers: { 'envelope-from': '' },
      body: Buffer.from(text.replaceAll('\n', '\r\n')),
    },
  )
const bounce = (messageId: string, action: string, status: string) => `From: MAILER-DAEMON@home.test
To: help@okno.test
Subject: Delivery report
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

The mailbox is gone.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; home.test

Final-Recipient: rfc822; m@home.test
Action: ${action}
Status: ${status}
Diagnostic-Code: smtp; 550 ${status} No such user

--b
Content-Type: text/rfc822-headers

Message-ID: <${messageId}>
Subject: Re

--b--
`

test('a bounce turns its message to failed, with the reason, and makes no message of its own', async () => {
  const id = await sent()
  await accept(bounce(idOf(id), 'failed', '5.1.1'))

  await untilState(id, 'failed')
  const change = okno.changes.findLast(({ messageId }) => messageId === id)
  expect(change).toMatchObject({ reasonCode: 'bounced', reason: expect.stringContaining('No such user') })
  expect(okno.messages()).toEqual([])
})

test('a bounce tells the fate of a message whose answer was lost on the way', async () => {
  sink.behave({ kind: 'drop' })
  const id = await handedOver('unknown')
  sink.behave({ kind: 'none' })

  await accept(bounce(idOf(id), 'failed', '5.1.1'))
  await untilState(id, 'failed')
})

test('a bounce tells the fate of a message whose process died while it was sent', async () => {
  const id = await sent()
  await okno.rows(
    `update channels.deliveries set state = 'sending', provider_id = null, lease_until = now() - interval '1 second' where id = $1`,
    [id],
  )
  const second = await openChannels({ beside: okno })
  await second.close()
  expect(await okno.rows('select state from channels.deliveries where id = $1', [id])).toEqual([{ state: 'unknown' }])

  await accept(bounce(idOf(id), 'failed', '5.1.1'))
  await untilState(id, 'failed')
})

test('a delay is the business of mail servers: the message stays sent', async () => {
  const [waiting, other] = [await sent(), await sent()]
  await accept(bounce(idOf(waiting), 'delayed', '4.4.1'))
  await accept(bounce(idOf(other), 'failed', '5.1.1'))

  await untilState(other, 'failed')
  expect(okno.changes.findLast(({ messageId }) => messageId === waiting)?.state).toBe('sent')
})

test('a second bounce, and one about a message that is not ours, change nothing', async () => {
  const id = await sent()
  await accept(bounce(idOf(id), 'failed', '5.1.1'))
  await untilState(id, 'failed')
  const before = okno.changes.length
  await accept(bounce(idOf(id), 'failed', '5.2.2'))
  await accept(bounce(idOf(newId()), 'failed', '5.1.1'))

  await untilState(await sent(), 'sent')
  await eventually(async () => {
    const rows = await okno.rows(`select state from channels.arrivals where state = 'new'`)
    return rows.length === 0
  })
  expect(okno.changes).toHaveLength(before + 1)
})
