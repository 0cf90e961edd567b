import { createHmac } from 'node:crypto'
import {
  startWebhookReceiver,
  type WebhookReceiver,
} from '../../modules/channels/server/simulators/webhook-receiver.ts'
import { eventually, type TestOkno } from './platform.ts'

const SECRET = 'a shared secret of 32 characters'

/** A shop that writes by the API channel and gets the answers at its webhook. */
export interface Shop {
  readonly receiver: WebhookReceiver
  /** Hands a message over, as `id` of the customer; resolves when it was acknowledged. Its second half is sent after `between`. */
  write(text: string, id?: string, headers?: Record<string, string>, between?: Promise<unknown>): Promise<void>
  /** The conversation of the customer who wrote, once there is one. */
  conversation(id?: string): Promise<string>
  close(): Promise<void>
}

export async function openShop(okno: Pick<TestOkno, 'url' | 'call'>): Promise<Shop> {
  const receiver = await startWebhookReceiver()
  const config = { webhookUrl: receiver.url, secret: SECRET, allowPrivateAddresses: true }
  const { body: account } = await okno.call('POST', '/accounts', { kind: 'api', name: 'Магазин', config })
  const address = `${okno.url}/in/${account.key}`
  let written = 0
  return {
    receiver,
    write: async (text, id = '1', headers = {}, between = undefined) => {
      const contentBase64 = Buffer.from('план').toString('base64')
      const body = JSON.stringify({
        id: `m-${++written}`,
        from: { id, name: `Покупатель ${id}` },
        text,
        files: [{ name: 'план.txt', mime: 'text/plain', contentBase64 }],
      })
      const seconds = Math.floor(Date.now() / 1000)
      const hex = createHmac('sha256', SECRET).update(`${seconds}.${body}`).digest('hex')
      const signed = { 'content-type': 'application/json', 'okno-signature': `t=${seconds},v1=${hex}`, ...headers }
      const response = await fetch(address, {
        method: 'POST',
        headers: signed,
        body: between ? slowly(body, between) : body,
        ...(between ? { duplex: 'half' } : {}),
      })
      if (response.status !== 202) throw new Error(`The message was refused: ${response.status}`)
    },
    conversation: async (id = '1') => {
      const { id: found } = await eventually(async () => {
        const { body } = await okno.call('GET', '/conversations?limit=50&sort=recent&view=all')
        return body.items.find((one: { person: { name: string } }) => one.person.name === `Покупатель ${id}`)
      })
      return found
    },
    close: receiver.close,
  }
}

const slowly = (body: string, between: Promise<unknown>): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start: async (controller) => {
      const bytes = Buffer.from(body)
      const middle = Math.floor(bytes.length / 2)
      controller.enqueue(bytes.subarray(0, middle))
      await between
      controller.enqueue(bytes.subarray(middle))
      controller.close()
    },
  })
