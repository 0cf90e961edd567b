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
  /** Hands a message over, as `id` of the customer; resolves when it was acknowledged. */
  write(text: string, id?: string, headers?: Record<string, string>): Promise<void>
  /** The conversation of the customer who wrote, once there is one. */
  conversation(id?: string): Promise<string>
  close(): Promise<void>
}

export async function openShop(okno: TestOkno): Promise<Shop> {
  const receiver = await startWebhookReceiver()
  const { key } = await okno.modules.channels.createAccount(okno.admin, {
    kind: 'api',
    name: 'Магазин',
    config: { webhookUrl: receiver.url, secret: SECRET, allowPrivateAddresses: true },
  })
  let written = 0
  return {
    receiver,
    write: async (text, id = '1', headers = {}) => {
      const contentBase64 = Buffer.from('план').toString('base64')
      const body = JSON.stringify({
        id: `m-${++written}`,
        from: { id, name: `Покупатель ${id}` },
        text,
        files: [{ name: 'план.txt', mime: 'text/plain', contentBase64 }],
      })
      const seconds = Math.floor(Date.now() / 1000)
      const hex = createHmac('sha256', SECRET).update(`${seconds}.${body}`).digest('hex')
      const response = await fetch(`${okno.url}/in/${key}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'okno-signature': `t=${seconds},v1=${hex}`, ...headers },
        body,
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
