import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

/** A window heard of a message, by the machine's clock. */
export interface Heard {
  readonly id: string
  readonly atMs: number
}

/** What operator-windows.ts understands and answers. */
export interface Windows {
  readonly order: {
    readonly open?: { readonly url: string; readonly cookies: readonly string[] }
    readonly openBare?: { readonly url: string; readonly count: number }
  }
  readonly answer: {
    readonly heard: Heard[]
    /** Milliseconds from hearing of a message of the open conversation until it and its conversation were fetched. */
    readonly shown: number[]
    readonly listReads: number
  }
}

/** Operators' windows in another process. `ask({})` hands over what was heard since the last question. */
export function startWindows() {
  const child = fork(path.join(import.meta.dirname, 'operator-windows.ts'))
  return {
    ask: async (order: Windows['order']): Promise<Windows['answer']> => {
      const answered = once(child, 'message')
      child.send(order)
      return (await answered)[0] as Windows['answer'] // what operator-windows.ts sends
    },
    stop: () => child.kill(),
  }
}
