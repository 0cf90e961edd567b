import { fileURLToPath } from 'node:url'
import { adapterContract } from '../adapter-contract.ts'
import { email } from './index.ts'
import { anOutgoingServer } from './outgoing-server.fixture.ts'

const smtp = (port: number) => ({ host: '127.0.0.1', port, security: 'none', user: 'support', password: 's3cret-smtp' })
const config = {
  address: 'support@example.com',
  name: 'Example',
  smtp: smtp(1),
  imap: { host: '127.0.0.1', port: 1, security: 'none', user: 'support', password: 's3cret-imap' },
}

adapterContract(email, {
  config,
  secrets: ['s3cret-smtp', 's3cret-imap'],
  fixtures: fileURLToPath(new URL('fixtures/', import.meta.url)),
  rawInput: (file) => ({ headers: { 'imap-folder': file.startsWith('sent-') ? 'sent' : 'inbox' } }),
  async fakeProvider(misbehaviour) {
    const server = await anOutgoingServer(
      misbehaviour === 'drops_connection'
        ? 'drops_after_data'
        : { at: 'from', code: 450, text: '4.7.1 Too many messages, try again in 2 minutes, s3cret-smtp' },
    )
    return { config: { address: config.address, smtp: smtp(server.port) }, close: () => server.close() }
  },
})
