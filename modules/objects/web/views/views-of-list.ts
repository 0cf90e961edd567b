import { hashKey } from '@tanstack/react-query'
import type { ViewColumn } from '#modules/objects/contract'
import type { Condition } from '#platform/shared/objects/condition'
import type { ViewWire } from './views-api.ts'

/** What a view keeps of a list. */
export interface Listed {
  readonly columns: readonly ViewColumn[]
  readonly condition: Condition | null
  readonly sort: string
  /** The field by whose values rows stand together. */
  readonly groupBy: string | null
}

/** A list shows something else than its view keeps. The order of keys is nobody's choice, so it does not count. */
export const differs = (view: ViewWire, listed: Listed): boolean => hashKey(kept(view)) !== hashKey(kept(listed))

const kept = ({ columns, condition, sort, groupBy }: Listed) => [columns, condition, sort, groupBy]
