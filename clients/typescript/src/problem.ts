import type { Problem, ProblemCode } from './api.ts'

/** Okno refused a request, or failed (RFC 9457). Go by `code`: it is stable; `message` is for developers. */
export class OknoProblem extends Error {
  readonly status: number
  /** Also codes that are newer than this client. */
  readonly code: ProblemCode | (string & {})
  /** Values that belong to the code, such as `max`. */
  readonly params: Readonly<Record<string, string | number>>
  /** One entry for each field that is wrong; `path` is dotted. */
  readonly errors: readonly { readonly path: string; readonly code: string; readonly message: string }[]
  /** Finds the request in the log of the server. */
  readonly requestId: string | undefined
  /** Seconds after which another try is welcome, where the server says so. */
  readonly retryAfterSeconds: number | undefined

  constructor(status: number, problem: Partial<Problem>, retryAfterSeconds?: number) {
    super(problem.detail ?? `Okno answered ${status}.`)
    this.name = 'OknoProblem'
    this.status = status
    this.code = problem.code ?? 'server.failed'
    this.params = problem.params ?? {}
    this.errors = problem.errors ?? []
    this.requestId = problem.requestId
    this.retryAfterSeconds = retryAfterSeconds
  }

  /** @returns what a refused response says; a proxy in between may not speak JSON */
  static async of(response: Response): Promise<OknoProblem> {
    const text = await response.text()
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
    return new OknoProblem(response.status, parsed(text), Number.isFinite(seconds) ? seconds : undefined)
  }
}

function parsed(text: string): Partial<Problem> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return { detail: text.slice(0, 500) }
  }
}
