import { content } from './content.ts'
import { data } from './data.ts'
import type { Guard } from './guard.ts'
import { people } from './people.ts'
import { senders } from './senders.ts'

/**
 * Every guard that keeps somebody out, with the test that fails without it. `npm run guards` takes each one away in a copy of this tree and
 * sees its test fail; the table in SECURITY.md is written from this list.
 */
export const guards: readonly Guard[] = [...people, ...senders, ...content, ...data]
