import { createHash, randomUUID, timingSafeEqual } from 'node:crypto'
import { isOutage } from '#platform/server/outage'
import type { Platform } from '#platform/server/platform'
import type { AcceptRaw } from '../accept-raw.ts'
import type { AccountRef } from '../account-ref.ts'
import type { FormConfig } from '../adapters/form/config.ts'
import type { Submission } from '../adapters/form/submission.ts'
import { answerTo, checkSubmission, type FieldError } from './check-submission.ts'
import { TRAP } from './form-page.ts'
import type { PostedForm } from './read-posted.ts'

/** Nobody fills in a form faster; programs do. */
const LEAST_FILL_MS = 2000
const MINUTE_MS = 60_000
/** A page may stand open for a day before it is sent. */
const LONGEST_FILL_MS = 24 * 60 * MINUTE_MS
const PURPOSE = 'form page'

export type Submitted = { taken: true } | { taken: false; errors: FieldError[] }

/**
 * Checks and stores one filled-in form, once however often it is posted: the same words from the same page are one, other words (the
 * visitor went back) are another; a program's own `repeatKey` decides alone. What a program fills into the trap is dropped silently.
 * While nothing can be stored the answer says so, and the same form may be posted again.
 */
export const submitForm =
  ({ now, secrets, log }: Platform, accept: AcceptRaw) =>
  async (
    form: AccountRef & { config: FormConfig },
    { posted, files, hasTooMuch, repeatKey }: PostedForm & { repeatKey: string | undefined },
  ): Promise<Submitted> => {
    if (answerTo(posted, TRAP) !== '') return { taken: true }
    const at = now()
    const { errors, submission } = checkSubmission(form.config, posted, at)
    if (hasTooMuch) errors.push({ key: '', code: 'files' })
    const started = answerTo(posted, '_started')
    const haste = started === '' ? null : hasteOf(secrets, { started, accountId: form.accountId, at })
    if (haste) errors.push({ key: '', code: haste })
    if (errors.length > 0) return { taken: false, errors }

    const page = answerTo(posted, '_page').slice(0, 500)
    const content: Omit<Submission, 'id'> = {
      ...submission,
      ...(/^https?:\/\//.test(page) ? { page } : {}),
      files: files.map(({ name, mime, content }) => ({ name, mime, contentBase64: content.toString('base64') })),
    }
    // Without a page's id, the same words within one minute are one submission: a double click.
    const fromPage = answerTo(posted, '_id') || Math.floor(at.getTime() / MINUTE_MS)
    const id = hash(repeatKey ? `id ${repeatKey}` : `${fromPage} ${JSON.stringify(content)}`)
    const body = Buffer.from(JSON.stringify({ ...content, id } satisfies Submission))
    try {
      await accept(form, { key: id, receivedAt: at, headers: {}, body })
    } catch (error) {
      if (!isOutage(error)) throw error
      log.warn({ err: error, accountId: form.accountId }, 'form: not stored')
      return { taken: false, errors: [{ key: '', code: 'not_stored' }] }
    }
    return { taken: true }
  }

const hash = (text: string): string => `form:${createHash('sha256').update(text).digest('hex').slice(0, 40)}`

/** Marks of a fresh page: an id for its one submission, and the signed moment at which it was opened. */
export const newMarks = ({ secrets, now }: Platform, accountId: string) => {
  const openedAt = String(now().getTime())
  return { id: randomUUID(), started: `${openedAt}.${signature(secrets, openedAt, accountId)}` }
}

/** What is wrong with the time between the opening of the page and its sending, if anything. */
function hasteOf(
  secrets: Platform['secrets'],
  of: { started: string; accountId: string; at: Date },
): 'too_fast' | 'too_old' | null {
  const [openedAt = '', given = ''] = of.started.split('.')
  const expected = Buffer.from(signature(secrets, openedAt, of.accountId))
  const actual = Buffer.from(given)
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) return 'too_fast'
  const tookMs = of.at.getTime() - Number(openedAt)
  if (tookMs < LEAST_FILL_MS) return 'too_fast'
  return tookMs > LONGEST_FILL_MS ? 'too_old' : null
}

const signature = (secrets: Platform['secrets'], openedAt: string, accountId: string): string =>
  secrets.sign(PURPOSE, `${accountId} ${openedAt}`).toString('base64url')
