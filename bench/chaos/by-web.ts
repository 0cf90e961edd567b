import { wordsOf } from './ledger.ts'
import { addressOf, FILE, type Hand, judge } from './talk.ts'

const PATIENCE_MS = 10_000

/** `POST /in/<key>`. */
export const byApi =
  (key: string): Hand =>
  (door, message) =>
    judged(message, `${door.url}/in/${key}`, {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        id: `${message.thread} ${message.n}`,
        thread: message.thread,
        from: { id: `customer ${message.thread}`, name: `Customer ${message.thread}` },
        text: wordsOf(message),
        ...(message.hasFile
          ? { files: [{ name: 'note.txt', mime: 'text/plain', contentBase64: FILE.toString('base64') }] }
          : {}),
      }),
    })

/** `POST /f/<key>`, as a company's own page posts a form. */
export const byForm =
  (key: string): Hand =>
  (door, message) => {
    const form = new FormData()
    form.append('name', `Customer ${message.thread}`)
    form.append('email', `${message.thread}@customers.example`)
    form.append('message', wordsOf(message))
    if (message.hasFile) form.append('file', new Blob([FILE], { type: 'text/plain' }), 'note.txt')
    return judged(message, `${door.url}/f/${key}`, {
      headers: {
        accept: 'application/json',
        'idempotency-key': `${message.thread} ${message.n}`,
        'x-forwarded-for': addressOf(message.thread),
      },
      body: form,
    })
  }

async function judged(message: Parameters<Hand>[1], url: string, init: RequestInit): Promise<boolean | string> {
  try {
    const response = await fetch(url, { method: 'POST', signal: AbortSignal.timeout(PATIENCE_MS), ...init })
    return judge(message, response.status, await response.text())
  } catch {
    return false // no answer: whether it was stored is not known, so it is sent again
  }
}
