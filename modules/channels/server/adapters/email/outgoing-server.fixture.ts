import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

/** What the server does with the next mail. */
export type Behaviour =
  | 'takes'
  | 'drops_after_data'
  | 'drops_in_data'
  | 'drops_before_data'
  | 'hangs_after_data'
  | { at: 'connect' | 'auth' | 'from' | 'to' | 'data'; code: number; text: string }

export interface OutgoingServer {
  readonly port: number
  readonly mails: { envelope: { from: string; to: string[] }; source: string }[]
  behaviour: Behaviour
  close(): Promise<void>
}

/** An outgoing mail provider on this machine that can misbehave; any user and the password `s3cret-smtp` sign in. */
export async function anOutgoingServer(behaviour: Behaviour = 'takes'): Promise<OutgoingServer> {
  const refusal = (at: string): Error | null => {
    const now = state.behaviour
    if (typeof now === 'string' || now.at !== at) return null
    return Object.assign(new Error(now.text), { responseCode: now.code })
  }
  const drop = () => {
    for (const connection of server.connections) connection._socket.destroy()
  }
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    closeTimeout: 50,
    onConnect: (_session, done) => done(refusal('connect')),
    onAuth: (auth, _session, done) => {
      const refused = refusal('auth')
      if (refused) return done(refused)
      if (auth.password !== 's3cret-smtp')
        return done(Object.assign(new Error('5.7.8 Wrong password'), { responseCode: 535 }))
      done(null, { user: auth.username })
    },
    onMailFrom: (_address, _session, done) => {
      if (state.behaviour === 'drops_before_data') return drop()
      done(refusal('from'))
    },
    onRcptTo: (_address, _session, done) => done(refusal('to')),
    onData: (stream, session, done) => {
      if (state.behaviour === 'drops_in_data') {
        stream.once('data', drop)
        stream.resume()
        return
      }
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        if (state.behaviour === 'drops_after_data') return drop()
        if (state.behaviour === 'hangs_after_data') return
        const refused = refusal('data')
        if (refused) return done(refused)
        const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : ''
        const to = session.envelope.rcptTo.map((one) => one.address)
        state.mails.push({ envelope: { from, to }, source: Buffer.concat(chunks).toString('utf8') })
        done()
      })
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const state: OutgoingServer = {
    port: (server.server.address() as AddressInfo).port,
    mails: [],
    behaviour,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
  return state
}
