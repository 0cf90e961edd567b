import type { ProblemDetails } from '#platform/shared/problems'

/** An answer that is not what was asked for. `problem.code` names what is wrong; `request.network` = nobody answered. */
export class ApiProblem extends Error {
  readonly problem: ProblemDetails

  constructor(problem: ProblemDetails) {
    super(problem.detail)
    this.name = 'ApiProblem'
    this.problem = problem
  }
}

/** Whether nobody answered for Okno, or Okno could not do its work just then: the same question may be answered later. */
export const isAway = (error: unknown): boolean =>
  error instanceof ApiProblem && [0, 502, 503, 504].includes(error.problem.status)

/**
 * Whether what is on screen gives way to an error: there was nothing yet, or its reader may see it no longer. What is read again and does not come, as
 * while Okno restarts, takes nothing away, and least of all what somebody is typing there.
 */
export const givesWay = (data: unknown, error: unknown): boolean =>
  error !== null && (data === undefined || (error instanceof ApiProblem && [403, 404].includes(error.problem.status)))

export const problemCode = (error: unknown): string | null => (error instanceof ApiProblem ? error.problem.code : null)

type QueryValue = string | number | boolean | null | undefined

interface RequestOptions {
  query?: Record<string, QueryValue> | undefined
  body?: unknown
  signal?: AbortSignal | undefined
  headers?: Record<string, string>
}

const problemOf = (code: string, status: number, detail: string): ProblemDetails => ({
  type: `/api/problems/${code}`,
  title: code,
  status,
  detail,
  code,
})

/** The problem inside a failed answer; an answer of somebody in between (a proxy) becomes `server.unreachable`, none at all (status 0) `request.network`. */
export function readProblem(status: number, text: string): ProblemDetails {
  try {
    const answer: unknown = JSON.parse(text)
    if (typeof answer === 'object' && answer !== null && 'code' in answer && typeof answer.code === 'string') {
      // better-auth answers {code, message}; Okno answers RFC 9457. Both have a code.
      return {
        ...problemOf(answer.code, status, 'message' in answer ? String(answer.message) : ''),
        ...answer,
      } as ProblemDetails
    }
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
  }
  if (status === 0) return problemOf('request.network', 0, 'There is no connection to Okno.')
  return problemOf('server.unreachable', status, 'The answer did not come from Okno.')
}

const addressOf = (path: string, query: RequestOptions['query']) => {
  const address = path.startsWith('/api/') ? path : `/api/v1${path}`
  const values = Object.entries(query ?? {}).filter(
    ([, value]) => value !== undefined && value !== null && value !== '',
  )
  if (values.length === 0) return address
  return `${address}?${new URLSearchParams(values.map(([key, value]) => [key, String(value)]))}`
}

/**
 * After so long nobody answers any more: a line that died without a word would keep a form spinning for minutes. What changes something is waited for
 * longer, because what became of it is not known then.
 */
const ANSWER_MS = { read: 30_000, change: 60_000 }

async function request<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
  const { query, body, signal, headers } = options
  const late = AbortSignal.timeout(method === 'GET' ? ANSWER_MS.read : ANSWER_MS.change)
  const answered = async () => {
    const response = await fetch(addressOf(path, query), {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: signal ? AbortSignal.any([signal, late]) : late,
    })
    return { response, text: await response.text() }
  }
  const { response, text } = await answered().catch((cause) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new ApiProblem(readProblem(0, ''))
  })
  if (!response.ok) throw new ApiProblem(readProblem(response.status, text))
  return readAnswer<T>(text)
}

function readAnswer<T>(text: string): T {
  try {
    // The server checks its answers against the same contract the caller names as T.
    return (text === '' ? undefined : JSON.parse(text)) as T
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
    // A page of somebody in between that calls itself a success.
    throw new ApiProblem(readProblem(502, text))
  }
}

/** Calls the public API with the session cookie. Paths stand under `/api/v1` unless they begin with `/api/`. @throws ApiProblem */
export const api = {
  get: <T>(path: string, options?: RequestOptions) => request<T>('GET', path, options),
  post: <T>(path: string, body: unknown = {}, options?: RequestOptions) =>
    request<T>('POST', path, { ...options, body }),
  put: <T>(path: string, body: unknown, options?: RequestOptions) => request<T>('PUT', path, { ...options, body }),
  patch: <T>(path: string, body: unknown, options?: RequestOptions) => request<T>('PATCH', path, { ...options, body }),
  delete: <T>(path: string, options?: RequestOptions) => request<T>('DELETE', path, options),
}

/** Sends one file as multipart. `onProgress` hears the share sent, 0…1. @throws ApiProblem */
export function upload<T>(
  path: string,
  file: File,
  {
    onProgress,
    signal,
    method = 'POST',
  }: { onProgress?: (share: number) => void; signal?: AbortSignal; method?: 'POST' | 'PUT' } = {},
): Promise<T> {
  // fetch cannot tell how much of a body was sent.
  const sending = new XMLHttpRequest()
  const form = new FormData()
  form.append('file', file, file.name)
  return new Promise((resolve, reject) => {
    sending.upload.onprogress = (event) => event.lengthComputable && onProgress?.(event.loaded / event.total)
    sending.onload = () => {
      if (sending.status >= 200 && sending.status < 300) resolve(JSON.parse(sending.responseText) as T)
      else reject(new ApiProblem(readProblem(sending.status, sending.responseText)))
    }
    sending.onerror = () => reject(new ApiProblem(readProblem(0, '')))
    sending.onabort = () => reject(new DOMException('Upload was given up.', 'AbortError'))
    signal?.addEventListener('abort', () => sending.abort())
    sending.open(method, addressOf(path, undefined))
    sending.send(form)
  })
}
