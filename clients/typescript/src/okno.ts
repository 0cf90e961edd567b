import type { Routes } from './api.ts'
import { OknoProblem } from './problem.ts'

type Method = keyof Routes
/** Paths that take a method, below `/api/v1`. */
export type PathsOf<M extends Method> = keyof Routes[M] & string
/** What a route is asked with: `path`, `query`, `body`, `idempotencyKey`, as far as it has them. */
export type RequestOf<M extends Method, P extends PathsOf<M>> = Omit<Routes[M][P], 'answer'>
/** What a route answers. */
export type Answer<M extends Method, P extends PathsOf<M>> = Routes[M][P] extends { answer: infer A } ? A : never

interface CallOptions {
  readonly signal?: AbortSignal
}
/** A route that needs nothing may be called with its path alone. */
type Arguments<Request> = object extends Request ? [request?: Request & CallOptions] : [request: Request & CallOptions]

/** Paths of lists: they answer `{items, nextCursor}` and take a `cursor`. */
type Lists = {
  [P in PathsOf<'get'>]: Answer<'get', P> extends { items: unknown[]; nextCursor: string | null } ? P : never
}[PathsOf<'get'>]
type ItemOf<P extends Lists> = Answer<'get', P> extends { items: (infer Item)[] } ? Item : never

export interface OknoOptions {
  /** Where Okno is, such as `https://okno.example`. */
  readonly url: string
  /** A key from settings, API keys. It acts for the operator who made it. */
  readonly key: string
  /** In place of the global `fetch`: to go through a proxy, to count, to fake. */
  readonly fetch?: typeof fetch
}

/** The Okno API with its types. Every call rejects with `OknoProblem` when it is refused. */
export class Okno {
  readonly #base: string
  readonly #key: string
  readonly #fetch: typeof fetch

  constructor({ url, key, fetch = globalThis.fetch }: OknoOptions) {
    this.#base = `${url.replace(/\/+$/, '')}/api/v1`
    this.#key = key
    this.#fetch = fetch
  }

  get<P extends PathsOf<'get'>>(path: P, ...[request]: Arguments<RequestOf<'get', P>>): Promise<Answer<'get', P>> {
    return this.#call('GET', path, request) as Promise<Answer<'get', P>>
  }

  post<P extends PathsOf<'post'>>(path: P, ...[request]: Arguments<RequestOf<'post', P>>): Promise<Answer<'post', P>> {
    return this.#call('POST', path, request) as Promise<Answer<'post', P>>
  }

  put<P extends PathsOf<'put'>>(path: P, ...[request]: Arguments<RequestOf<'put', P>>): Promise<Answer<'put', P>> {
    return this.#call('PUT', path, request) as Promise<Answer<'put', P>>
  }

  patch<P extends PathsOf<'patch'>>(
    path: P,
    ...[request]: Arguments<RequestOf<'patch', P>>
  ): Promise<Answer<'patch', P>> {
    return this.#call('PATCH', path, request) as Promise<Answer<'patch', P>>
  }

  delete<P extends PathsOf<'delete'>>(
    path: P,
    ...[request]: Arguments<RequestOf<'delete', P>>
  ): Promise<Answer<'delete', P>> {
    return this.#call('DELETE', path, request) as Promise<Answer<'delete', P>>
  }

  /** Everything of a list, page by page as it is walked through: `for await (const person of okno.each('/people'))`. */
  async *each<P extends Lists>(path: P, ...[request]: Arguments<RequestOf<'get', P>>): AsyncGenerator<ItemOf<P>> {
    let cursor: string | undefined
    do {
      const given: Sent = request ?? {}
      const query = cursor === undefined ? given.query : { ...given.query, cursor }
      const page = (await this.#call('GET', path, { ...given, ...(query ? { query } : {}) })) as {
        items: ItemOf<P>[]
        nextCursor: string | null
      }
      yield* page.items
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
  }

  async #call(method: string, path: string, request: Sent = {}): Promise<unknown> {
    const { body, idempotencyKey, signal } = request
    const isForm = body instanceof FormData
    const headers = new Headers({ authorization: `Bearer ${this.#key}` })
    if (body !== undefined && !isForm) headers.set('content-type', 'application/json')
    if (idempotencyKey !== undefined) headers.set('idempotency-key', idempotencyKey)
    const response = await this.#fetch(this.#base + filled(path, request), {
      method,
      headers,
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    })
    if (!response.ok) throw await OknoProblem.of(response)
    if (!response.headers.get('content-type')?.includes('json')) {
      const blob = await response.blob()
      return blob.size === 0 ? null : blob
    }
    return await response.json()
  }
}

/** What any of the routes may be asked with. */
interface Sent {
  readonly path?: object
  readonly query?: object
  readonly body?: unknown
  readonly idempotencyKey?: string
  readonly signal?: AbortSignal
}

function filled(path: string, { path: values = {}, query = {} }: Sent): string {
  const named = new Map<string, unknown>(Object.entries(values))
  const whole = path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = String(named.get(name) ?? '')
    // An empty part would make another path of it.
    if (value === '') throw new TypeError(`${path} needs ${name}.`)
    return encodeURIComponent(value)
  })
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null)
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)]))
  return search.size === 0 ? whole : `${whole}?${search}`
}
