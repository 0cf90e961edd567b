import { ChannelError, type ChannelIo, type OutgoingMessage, type ProviderMessageId } from '../../channel-adapter.ts'
import type { ApiConfig } from './config.ts'
import { webhookHeaders } from './signature.ts'

/** Bytes of an answer that are read; the rest is of no interest. */
const MAX_ANSWER_BYTES = 64 * 1024
/** Errors of a connection that never stood: the receiver saw nothing. */
const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** Posts an answer to the webhook. The id of the message goes with it, so a repetition is recognised. */
export async function send(
  message: OutgoingMessage,
  config: ApiConfig,
  io: ChannelIo,
): Promise<{ id: ProviderMessageId }> {
  if (!config.webhookUrl) throw new ChannelError('No address for answers is set.', 'not_configured', 'not_sent')
  const body = JSON.stringify(payloadOf(message))
  const call = config.allowPrivateAddresses ? io.fetchAnywhere : io.fetch
  let response: Response
  try {
    response = await call(config.webhookUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Okno',
        ...webhookHeaders({ id: message.id, body, secret: config.secret, at: new Date() }),
      },
      body,
    })
  } catch (cause) {
    throw connectionError(cause)
  }
  const answer = await readSome(response)
  if (response.ok) return { id: message.id }
  throw refusal(response, answer)
}

const payloadOf = ({ id, thread, to, toName, fromName, subject, text, html, files, inReplyTo }: OutgoingMessage) => ({
  type: 'message',
  id,
  thread,
  to: { ...writer(to), name: toName },
  from: { name: fromName },
  subject,
  text,
  html,
  files: files.map(({ name, mime, content }) => ({
    name,
    mime,
    contentBase64: Buffer.from(content).toString('base64'),
  })),
  inReplyTo,
})

/** The writer in the words in which the calling system named them. */
function writer(address: string): { id: string } | { email: string } | { phone: string } {
  const named = /^(email|phone):(.+)$/.exec(address)
  if (named?.[1] === 'email') return { email: named[2] ?? '' }
  if (named?.[1] === 'phone') return { phone: named[2] ?? '' }
  return { id: address }
}

function connectionError(cause: unknown): ChannelError {
  const reason = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
  const code = reason instanceof Error && 'code' in reason ? String(reason.code) : ''
  const words = reason instanceof Error ? reason.message : 'no connection'
  if (code === 'EPRIVATE') return new ChannelError(words, 'rejected', 'not_sent', { cause })
  const outcome = NEVER_CONNECTED.has(code) ? 'not_sent' : 'unknown'
  return new ChannelError(`The webhook does not answer: ${words}`, 'unreachable', outcome, { cause })
}

function refusal(response: Response, answer: string): ChannelError {
  const { status } = response
  const words = `The webhook answered ${status}${answer ? `: ${answer.slice(0, 200)}` : ''}`
  if (status === 429) {
    const seconds = retryAfter(response.headers.get('retry-after'))
    return new ChannelError(
      words,
      'rate_limited',
      'not_sent',
      seconds === undefined ? {} : { retryAfterSeconds: seconds },
    )
  }
  if (status === 401 || status === 403) return new ChannelError(words, 'unauthorised', 'not_sent')
  // The receiver may have done its work before it failed.
  if (status >= 500 || status === 408) return new ChannelError(words, 'unreachable', 'unknown')
  return new ChannelError(words, 'rejected', 'not_sent')
}

/** Seconds from now; the header holds seconds or a date (RFC 9110 section 10.2.3). */
function retryAfter(header: string | null): number | undefined {
  if (!header) return undefined
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), 86_400) : undefined
}

async function readSome(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of response.body ?? []) {
      chunks.push(chunk)
      size += chunk.byteLength
      if (size >= MAX_ANSWER_BYTES) break
    }
  } catch {
    return '' // the status line has said what matters; the words after it were cut off
  }
  return Buffer.concat(chunks).toString('utf8').slice(0, MAX_ANSWER_BYTES)
}
