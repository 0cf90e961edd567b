import { Suspense } from 'react'
import { type Listed, ViewRow } from '#modules/objects/web'
import { both, type Condition } from '#platform/shared/objects/condition'
import classes from './lists.module.css'
import type { PeopleFilter } from './lists-api.ts'
import { useListAddress } from './use-list-address.ts'

/** The views of a list. What is narrowed by the quick filters is kept as part of the condition. */
export function ListViews({ list }: { list: 'people' | 'companies' }) {
  const { filter, viewId, isTouched, chooseView } = useListAddress(list)
  return (
    <Suspense fallback={<div className={classes.noViews} />}>
      <ViewRow
        object={list === 'people' ? 'person' : 'company'}
        viewId={viewId}
        listed={{ columns: COLUMNS[list], condition: wholeCondition(filter), sort: filter.sort, groupBy: null }}
        isTouched={isTouched}
        onChoose={chooseView}
      />
    </Suspense>
  )
}

/** What the rows of a list show. */
const COLUMNS: Record<'people' | 'companies', Listed['columns']> = {
  people: ['name', 'city', 'emails', 'phones', 'stage', 'owner', 'createdAt'].map((field) => ({ field })),
  companies: ['name', 'city', 'inn', 'site'].map((field) => ({ field })),
}

function wholeCondition({ stage, ownerId, condition }: PeopleFilter): Condition | null {
  const whole = both(
    stage === null ? undefined : { field: 'stage', op: 'eq', value: stage },
    ownerId === null ? undefined : { field: 'owner', op: 'eq', value: ownerId },
    condition ?? undefined,
  )
  return 'all' in whole && whole.all.length === 0 ? null : whole
}
