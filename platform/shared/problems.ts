/** What went wrong, in the form that travels to callers (RFC 9457). Texts are looked up by `code` on the reading side. */
export interface ProblemDetails {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  /** Stable and translated: `inbox.reply_too_long`. */
  readonly code: string
  /** Values for the translated text. */
  readonly params?: Readonly<Record<string, string | number>>
  /** One entry per field that is wrong. `path` is dotted: `smtp.port`. */
  readonly errors?: readonly { path: string; code: string; message: string }[]
  readonly requestId?: string
}

/** An expected failure of a use case. Bugs are other errors and are left to fly. */
export class Problem extends Error {
  readonly code: string
  readonly status: number
  readonly params: Readonly<Record<string, string | number>>
  readonly errors: ProblemDetails['errors']

  /**
   * @param code stable code, `module.what_is_wrong`
   * @param status HTTP status
   * @param detail one English sentence for developers; people see the translation of `code`
   */
  constructor(
    code: string,
    status: number,
    detail: string,
    more: { params?: Record<string, string | number>; errors?: ProblemDetails['errors'] } = {},
  ) {
    super(detail)
    this.name = 'Problem'
    this.code = code
    this.status = status
    this.params = more.params ?? {}
    this.errors = more.errors
  }
}
