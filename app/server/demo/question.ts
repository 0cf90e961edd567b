import type { OperatorKey } from './cast.ts'
import type { PersonKey } from './people.ts'
import type { DemoTalk } from './talk.ts'

type Mail = Pick<DemoTalk, 'tags' | 'subject'> & {
  readonly day: number
  readonly at: string
  readonly from: PersonKey
  readonly to: OperatorKey
  readonly ask: string
  readonly after: number
  readonly answer: string
  readonly thanks?: string
  readonly via?: DemoTalk['via']
}

/** A question, an answer, perhaps thanks: most of what a company's history is made of. */
export const question = ({ day, at, from, to, ask, after, answer, thanks, via = 'info', ...more }: Mail): DemoTalk => ({
  ...more,
  person: from,
  via,
  start: { day, at },
  lines: [[0, 'customer', ask], [after, to, answer], ...(thanks ? ([[after + 30, 'customer', thanks]] as const) : [])],
  owner: to,
  end: 'closed',
})
