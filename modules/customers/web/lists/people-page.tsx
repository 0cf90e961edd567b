import { Button, Select } from '@mantine/core'
import { IconUserSearch, IconUsers } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { operatorsQuery } from '#modules/access/web'
import { EmptyState, ErrorState, Initials, LoadingState, Mark, Moment } from '#platform/web'
import CustomerCard from '../card/customer-card.tsx'
import { ListConditions } from './list-conditions.tsx'
import { ListPage } from './list-page.tsx'
import { ListSort } from './list-sort.tsx'
import { ListViews } from './list-views.tsx'
import classes from './lists.module.css'
import { type PersonWire, peopleQuery, stages } from './lists-api.ts'
import { NewPersonPanel } from './new-person-panel.tsx'
import { useListAddress } from './use-list-address.ts'
import { VirtualList } from './virtual-list.tsx'
import { WhyHere } from './why-here.tsx'

/** Everybody whom the company knows. */
export default function PeoplePage() {
  const { id, filter, change, open } = useListAddress('people')
  const [isAdding, setAdding] = useState(false)
  return (
    <ListPage
      list="people"
      q={filter.q}
      onSearch={(q) => change({ q })}
      onAdd={() => setAdding(true)}
      onClose={() => open(undefined)}
      filters={<Filters />}
      card={
        id && (
          <>
            {filter.condition && <WhyHere object="person" condition={filter.condition} id={id} />}
            <CustomerCard key={id} personId={id} />
          </>
        )
      }
    >
      <ListViews list="people" />
      <People />
      <NewPersonPanel isOpen={isAdding} onClose={() => setAdding(false)} onCreated={open} />
    </ListPage>
  )
}

function Filters() {
  const { t } = useTranslation()
  const { filter, change, narrow } = useListAddress('people')
  const { data: operators = [] } = useQuery(operatorsQuery)
  return (
    <>
      <Select
        flex="1 1 130px"
        maw={180}
        aria-label={t('customers.lists.stage')}
        placeholder={t('customers.lists.anyStage')}
        clearable
        value={filter.stage}
        data={stages.map((value) => ({ value, label: t(`customers.stages.${value}`) }))}
        onChange={(stage) => change({ stage: stage ?? undefined })}
      />
      <Select
        flex="1 1 150px"
        maw={220}
        aria-label={t('customers.fields.owner')}
        placeholder={t('customers.lists.anyOwner')}
        clearable
        searchable
        value={filter.ownerId}
        data={operators.map((operator) => ({ value: operator.id, label: operator.name }))}
        onChange={(owner) => change({ owner: owner ?? undefined })}
      />
      <ListConditions object="person" condition={filter.condition} onChange={narrow} />
      {filter.q === '' && <ListSort list="people" />}
    </>
  )
}

function People() {
  const { t } = useTranslation()
  const { id, filter, isReady, showAll } = useListAddress('people')
  const { data: operators = [] } = useQuery(operatorsQuery)
  const { data, error, isPending, isPlaceholderData, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useInfiniteQuery(peopleQuery(filter, isReady))
  const people = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data])
  const names = useMemo(() => new Map(operators.map((operator) => [operator.id, operator.name])), [operators])
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage])
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (isPending) return <LoadingState />
  if (people.length === 0) {
    const isNarrowed = filter.q !== '' || filter.stage !== null || filter.ownerId !== null || filter.condition !== null
    return isNarrowed ? (
      <EmptyState icon={IconUserSearch} title={t('customers.lists.notFound')}>
        <Button size="xs" variant="light" onClick={showAll}>
          {t('customers.lists.showAll')}
        </Button>
      </EmptyState>
    ) : (
      <EmptyState icon={IconUsers} title={t('customers.lists.none.people')} text={t('customers.lists.noneText')} />
    )
  }
  return (
    <VirtualList
      label={t('customers.people')}
      items={people}
      isStale={isPlaceholderData}
      hasMore={hasNextPage}
      isLoadingMore={isFetchingNextPage}
      onMore={more}
      row={(person) => (
        <PersonRow
          person={person}
          ownerName={person.ownerId ? (names.get(person.ownerId) ?? null) : null}
          isOpen={person.id === id}
        />
      )}
    />
  )
}

function PersonRow({ person, ownerName, isOpen }: { person: PersonWire; ownerName: string | null; isOpen: boolean }) {
  const { t } = useTranslation()
  const address = addressOf(person)
  return (
    <Link
      to={`/people/${person.id}`}
      search={((before: object) => before) as never}
      className={classes.link ?? ''}
      data-open={isOpen}
      preload={false}
    >
      <Initials id={person.id} name={person.name} size={34} />
      <span className="okno-clip">
        <span className={`${classes.name} okno-clip`}>{person.name}</span>
        {person.city && <span className={`${classes.quiet} okno-clip`}>{person.city}</span>}
      </span>
      <span className="okno-clip okno-numbers">{address}</span>
      <span className={classes.wide}>
        <Mark looks={person.stage === 'customer' ? 'good' : 'calm'}>{t(`customers.stages.${person.stage}`)}</Mark>
      </span>
      <span className={`${classes.quiet} ${classes.wide} okno-clip`}>{ownerName ?? t('customers.lists.noOwner')}</span>
      <span className={`${classes.when} ${classes.wide}`}>
        <Moment at={person.createdAt} />
      </span>
    </Link>
  )
}

/** The way to reach somebody that people tell each other by. */
const addressOf = ({ identities }: PersonWire): string =>
  (identities.find(({ kind }) => kind === 'email') ?? identities.find(({ kind }) => kind === 'phone'))?.value ?? ''
