import type { Condition } from '#platform/shared/objects/condition'
import { useSlot } from '#platform/web'

/** A list as it stands on screen: what another module needs to do something with the whole of it. */
export interface ListToolProps {
  readonly object: string
  /** Words that are looked for; empty = none. */
  readonly q: string
  readonly condition: Condition | null
  readonly sort: string
  /** Keys of the columns, in their order. */
  readonly fields: readonly string[]
}

/** What other modules offer for a whole list; each knows by itself who may do it. */
export function ListTools(list: ListToolProps) {
  return useSlot('listTools').map(({ id, component: Tool }) => <Tool key={id} {...list} />)
}
