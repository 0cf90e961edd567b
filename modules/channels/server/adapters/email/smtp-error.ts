import { ChannelError } from '../../channel-adapter.ts'

/** Fields that nodemailer puts on its errors. */
interface SmtpFailure {
  code?: string
  responseCode?: number
  response?: string
  command?: string
}

/** Wait after "too much": servers that do not say how long expect minutes (greylisting: at least five, RFC 6647 section 5). */
const DEFAULT_RETRY_SECONDS = 300
/** A daily limit is lifted some time within a day; asking hourly is polite and soon enough. */
const DAILY_LIMIT_RETRY_SECONDS = 3600

/**
 * What a failure of the outgoing server means. An answer of the server is certain, so it is `not_sent`; silence after the last byte is
 * `lost`, which the caller knows. Secrets are cut out of the words of the server.
 */
export function smtpError(
  error: unknown,
  lost: 'unknown' | 'not_sent',
  secrets: readonly (string | undefined)[],
): ChannelError {
  if (error instanceof ChannelError) return error
  const failure: SmtpFailure = Object(error)
  const text = withoutSecrets(failure.response ?? (error instanceof Error ? error.message : String(error)), secrets)
  const answer = failure.responseCode ?? 0
  const fail = (
    reason: ChannelError['reason'],
    outcome: ChannelError['outcome'] = 'not_sent',
    retryAfterSeconds?: number,
  ) => new ChannelError(text, reason, outcome, retryAfterSeconds === undefined ? {} : { retryAfterSeconds })

  if (DAILY_LIMIT.test(text) && answer >= 400) return fail('rate_limited', 'not_sent', DAILY_LIMIT_RETRY_SECONDS)
  if (answer >= 400 && answer < 500) {
    return TOO_MUCH.test(text)
      ? fail('rate_limited', 'not_sent', secondsIn(text) ?? DEFAULT_RETRY_SECONDS)
      : fail('unreachable')
  }
  if (failure.code === 'EAUTH' || failure.code === 'ENOAUTH' || [530, 534, 535, 538].includes(answer))
    return fail('unauthorised')
  if (answer >= 500) return failure.command === 'CONN' ? fail('unreachable') : fail('rejected')
  if (failure.code === 'EENVELOPE' || failure.code === 'EMESSAGE') return fail('rejected')
  if (failure.code === 'ECONFIG') return fail('not_configured')
  return fail('unreachable', lost)
}

const TOO_MUCH =
  /rate|limit|too (many|much|fast|frequent)|throttl|quota|slow down|grey-?list|gray-?list|try again (later|in)|policy|4\.7\.(0|1|28)\b|4\.2\.1\b|4\.4\.5\b/i
const DAILY_LIMIT =
  /daily .{0,30}(limit|quota)|(sending|message|user) .{0,20}(limit|quota).{0,20}exceeded|5\.4\.5\b|too many (messages|recipients) (today|per day)/i

function secondsIn(text: string): number | undefined {
  const found = /(\d{1,5})\s*(sec|min|hour|s\b|m\b|h\b)/i.exec(text)
  if (!found) return undefined
  const unit = found[2]?.toLowerCase().charAt(0)
  return Number(found[1]) * (unit === 'h' ? 3600 : unit === 'm' ? 60 : 1)
}

/** Words of a server or library without our password, plain or as it travels in AUTH. */
export function withoutSecrets(text: string, secrets: readonly (string | undefined)[]): string {
  const forms = secrets
    .filter((secret) => secret !== undefined && secret.length > 0)
    .flatMap((secret) => [secret ?? '', Buffer.from(secret ?? '').toString('base64')])
  return forms.reduce((clean, secret) => clean.replaceAll(secret, '***'), text).slice(0, 500)
}
