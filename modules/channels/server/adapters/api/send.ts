import { postWebhook, type WebhookAnswer } from '#platform/server/webhooks'
import { ChannelError, type ChannelIo, type OutgoingMessage, type ProviderMessageId } from '../../channel-adapter.ts'
import type { ApiConfig } from './config.ts'

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
  let answer: WebhookAnswer
  try {
    const secrets = config.secret ? [config.secret] : []
    answer = await postWebhook(call, { url: config.webhookUrl, id: message.id, body, secrets, at: new Date() })
  } catch (cause) {
    throw connectionError(cause)
  }
  if (answer.isTaken) return { id: message.id }
  throw refusal(answer)
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

function refusal({ status, text, retryAfterSeconds }: WebhookAnswer): ChannelError {
  const words = `The webhook answered ${status}${text ? `: ${text.slice(0, 200)}` : ''}`
  if (status === 429) {
    const details = retryAfterSeconds === undefined ? {} : { retryAfterSeconds }
    return new ChannelError(words, 'rate_limited', 'not_sent', details)
  }
  if (status === 401 || status === 403) return new ChannelError(words, 'unauthorised', 'not_sent')
  // The receiver may have done its work before it failed.
  if (status >= 500 || status === 408) return new ChannelError(words, 'unreachable', 'unknown')
  return new ChannelError(words, 'rejected', 'not_sent')
}
