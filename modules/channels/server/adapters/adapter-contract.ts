import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  type ChannelAccount,
  ChannelError,
  type ChannelIo,
  type OutgoingMessage,
  type RawInput,
  type RegisteredAdapter,
  Unreadable,
} from '../channel-adapter.ts'

/** How a fake provider treats the next message. */
export type Misbehaviour = 'drops_connection' | 'too_many_requests'

/** What the suite needs of a channel. Leave out what the channel does not have. */
export interface AdapterContract {
  /** Settings that the adapter accepts, with every secret set. */
  readonly config: unknown
  /** Every secret in `config`: none may appear in a log line or an error. */
  readonly secrets: readonly string[]
  /** Folder of real raw inputs; `name.eml` has its facts beside it in `name.facts.json`. */
  readonly fixtures: string
  /** Makes raw input of a fixture's bytes; without it, the bytes are the body and there are no headers. */
  rawInput?(file: string, bytes: Uint8Array): Partial<RawInput>
  /** For webhooks: input that the provider signed, and the same with a wrong signature. */
  readonly webhook?: { readonly genuine: readonly RawInput[]; readonly forged: readonly RawInput[] }
  /** Starts a server that speaks the provider's language and misbehaves; returns settings that lead there. */
  fakeProvider?(misbehaviour: Misbehaviour): Promise<{ config: unknown; fetch?: typeof fetch; close(): Promise<void> }>
  /** A message that the channel can send; its defaults suit most. */
  readonly message?: Partial<OutgoingMessage>
}

/** Record facts of new fixtures with `OKNO_RECORD_FACTS=1`, then read them before they are committed. */
const isRecording = process.env.OKNO_RECORD_FACTS === '1'
const RECEIVED_AT = new Date('2026-12-31T12:00:00.000Z')

/** The rules that every channel keeps, run against one adapter. */
export function adapterContract(adapter: RegisteredAdapter, contract: AdapterContract): void {
  describe(`${adapter.kind} keeps the adapter contract`, () => {
    factsAreRecorded(adapter, contract)
    opensQuietly(adapter, contract)
    if (contract.webhook) refusesForgeries(adapter, contract, contract.webhook)
    sendsHonestly(adapter, contract)
  })
}

function factsAreRecorded(adapter: RegisteredAdapter, contract: AdapterContract): void {
  const files = readdirSync(contract.fixtures).filter((file) => !file.startsWith('.') && !file.endsWith('.facts.json'))
  test('there are fixtures', () => expect(files.length).toBeGreaterThan(0))
  test.each(files)('%s gives its recorded facts, twice', async (file) => {
    const account = adapter.open(contract.config, memoryIo())
    const recorded = join(contract.fixtures, `${file.replace(/\.[^.]+$/, '')}.facts.json`)

    const first = await readFixture(account, contract, file)
    const second = await readFixture(account, contract, file)

    expect(second).toEqual(first)
    if (isRecording && !existsSync(recorded)) writeFileSync(recorded, `${JSON.stringify(first, null, 2)}\n`)
    expect(existsSync(recorded), `${recorded} is missing: record it with OKNO_RECORD_FACTS=1`).toBe(true)
    expect(first).toEqual(JSON.parse(readFileSync(recorded, 'utf8')))
  })
}

async function readFixture(account: ChannelAccount, contract: AdapterContract, file: string): Promise<unknown> {
  const body = new Uint8Array(readFileSync(join(contract.fixtures, file)))
  const raw: RawInput = { key: file, receivedAt: RECEIVED_AT, headers: {}, body, ...contract.rawInput?.(file, body) }
  try {
    return asJson(await account.normalise(raw))
  } catch (error) {
    if (error instanceof Unreadable) return { unreadable: error.message }
    throw error
  }
}

/** Facts as they are recorded: files by their hash, dates as text. */
function asJson(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, inner) =>
      inner instanceof Uint8Array ? `sha256:${createHash('sha256').update(inner).digest('hex')}` : inner,
    ),
  )
}

function opensQuietly(adapter: RegisteredAdapter, contract: AdapterContract): void {
  test('opening an account does no input or output', () => {
    const io = memoryIo({
      fetch: () => {
        throw new Error('open() called fetch')
      },
    })

    const account = adapter.open(contract.config, io)

    expect(account.capabilities.maxAttachmentBytes).toBeGreaterThanOrEqual(0)
    expect(io.lines).toEqual([])
  })

  test('settings of the wrong shape are refused', () => {
    expect(() => adapter.open({ nonsense: true }, memoryIo())).toThrow()
  })
}

function refusesForgeries(
  adapter: RegisteredAdapter,
  contract: AdapterContract,
  webhook: NonNullable<AdapterContract['webhook']>,
): void {
  test('genuine calls of the provider are let in and forged ones are refused', () => {
    const { receive } = adapter.open(contract.config, memoryIo())
    if (receive.mode !== 'webhook') throw new Error('The channel has no webhook, so it needs no webhook fixtures.')

    expect(webhook.genuine.map((raw) => receive.authentic(raw))).toEqual(webhook.genuine.map(() => true))
    expect(webhook.forged.map((raw) => receive.authentic(raw))).toEqual(webhook.forged.map(() => false))
    expect(webhook.forged.length).toBeGreaterThan(0)
  })
}

function sendsHonestly(adapter: RegisteredAdapter, contract: AdapterContract): void {
  test('a message beyond the capabilities is refused before it is sent', async () => {
    const account = adapter.open(contract.config, memoryIo())

    for (const message of tooMuch(account, contract)) {
      expect(await failureOf(account, message)).toMatchObject({ reason: 'rejected', outcome: 'not_sent' })
    }
    await account.close?.()
  })

  const { fakeProvider } = contract
  if (!fakeProvider) return

  test('a connection that drops in the middle leaves the outcome unknown, and no secret in logs or errors', async () => {
    const provider = await fakeProvider('drops_connection')
    const io = memoryIo(provider)
    const account = adapter.open(provider.config, io)

    const failure = await failureOf(account, anOutgoingMessage(contract.message))

    expect(failure).toMatchObject({ reason: 'unreachable', outcome: 'unknown' })
    expectNoSecret(contract, failure, io.lines)
    await account.close?.()
    await provider.close()
  })

  test('"too many requests" says when to try again', async () => {
    const provider = await fakeProvider('too_many_requests')
    const io = memoryIo(provider)
    const account = adapter.open(provider.config, io)

    const failure = await failureOf(account, anOutgoingMessage(contract.message))

    expect(failure).toMatchObject({ reason: 'rate_limited', outcome: 'not_sent' })
    expect(failure.details.retryAfterSeconds).toBeGreaterThan(0)
    expectNoSecret(contract, failure, io.lines)
    await account.close?.()
    await provider.close()
  })
}

function tooMuch(account: ChannelAccount, contract: AdapterContract): OutgoingMessage[] {
  const { maxTextLength, maxAttachmentBytes } = account.capabilities
  const file = { name: 'large.bin', mime: 'application/octet-stream', content: new Uint8Array(maxAttachmentBytes + 1) }
  const large = anOutgoingMessage({ ...contract.message, files: [file] })
  return maxTextLength === null
    ? [large]
    : [large, anOutgoingMessage({ ...contract.message, text: 'a'.repeat(maxTextLength + 1) })]
}

async function failureOf(account: ChannelAccount, message: OutgoingMessage): Promise<ChannelError> {
  const outcome = await account.send(message).then(
    () => new Error('The message was sent.'),
    (error: unknown) => error,
  )
  if (outcome instanceof ChannelError) return outcome
  throw outcome
}

function expectNoSecret(contract: AdapterContract, failure: ChannelError, lines: readonly string[]): void {
  const told = [failure.message, JSON.stringify(failure.details), ...lines].join('\n')
  for (const secret of contract.secrets) {
    expect(told).not.toContain(secret)
    expect(told).not.toContain(Buffer.from(secret).toString('base64'))
  }
}

/** A message to send, with any part replaced. */
export function anOutgoingMessage(parts: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return {
    id: '0199c0de-0000-7000-8000-000000000001',
    to: 'customer@example.net',
    text: 'Добрый день! Ваш заказ готов.',
    files: [],
    references: [],
    ...parts,
  }
}

/** Io that remembers: `lines` are the log lines as JSON, `healths` the reports in order, `states` what `state` holds. */
export interface MemoryIo extends ChannelIo {
  readonly lines: string[]
  readonly healths: { state: string; reason?: string | undefined }[]
  readonly states: Map<string, unknown>
}

const noNetwork = () => Promise.reject(new Error('This test has no network.'))

/** Everything an adapter needs of its surroundings, in memory; `fetch` is refused unless given. */
export function memoryIo(parts: { fetch?: typeof fetch; signingKey?: Uint8Array } = {}): MemoryIo {
  const lines: string[] = []
  const healths: MemoryIo['healths'] = []
  const states = new Map<string, unknown>()
  const log = (event: string, fields?: object) => {
    lines.push(JSON.stringify({ event, ...fields }))
  }
  return {
    lines,
    healths,
    states,
    fetch: parts.fetch ?? noNetwork,
    fetchAnywhere: parts.fetch ?? noNetwork,
    log: { info: log, warn: log },
    state: {
      get: async (key) => states.get(key),
      set: async (key, value) => {
        states.set(key, structuredClone(value))
      },
    },
    health: (state, reason) => {
      healths.push({ state, reason })
    },
    account: {
      id: '0199c0de-0000-7000-8000-0000000000aa',
      publicUrl: 'https://okno.example.com/in/email',
      signingKey: parts.signingKey ?? new Uint8Array(32).fill(7),
    },
  }
}
