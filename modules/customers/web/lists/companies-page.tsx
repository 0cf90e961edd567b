import { Button } from '@mantine/core'
import { IconBuildingSkyscraper, IconBuildings } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState, ErrorState, Initials, LoadingState } from '#platform/web'
import { CompanyCard } from './company-card.tsx'
import { ListConditions } from './list-conditions.tsx'
import { ListPage } from './list-page.tsx'
import { ListSort } from './list-sort.tsx'
import { ListViews } from './list-views.tsx'
import classes from './lists.module.css'
import { type CompanyWire, companiesQuery } from './lists-api.ts'
import { NewCompanyPanel } from './new-company-panel.tsx'
import { useListAddress } from './use-list-address.ts'
import { VirtualList } from './virtual-list.tsx'

/** Every company that people work at. */
export default function CompaniesPage() {
  const { id, filter, change, narrow, open } = useListAddress('companies')
  const [isAdding, setAdding] = useState(false)
  return (
    <ListPage
      list="companies"
      q={filter.q}
      onSearch={(q) => change({ q })}
      onAdd={() => setAdding(true)}
      onClose={() => open(undefined)}
      filters={
        <>
          <ListConditions object="company" condition={filter.condition} onChange={narrow} />
          {filter.q === '' && <ListSort list="companies" />}
        </>
      }
      card={id && <CompanyCard key={id} companyId={id} />}
    >
      <ListViews list="companies" />
      <Companies />
      <NewCompanyPanel isOpen={isAdding} onClose={() => setAdding(false)} onCreated={open} />
    </ListPage>
  )
}

function Companies() {
  const { t } = useTranslation()
  const { id, filter, isReady, showAll } = useListAddress('companies')
  const { q, sort, condition } = filter
  const { data, error, isPending, isPlaceholderData, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useInfiniteQuery(companiesQuery({ q, sort, condition }, isReady))
  const companies = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data])
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage])
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (isPending) return <LoadingState />
  if (companies.length === 0)
    return q === '' && condition === null ? (
      <EmptyState icon={IconBuildings} title={t('customers.lists.none.companies')} />
    ) : (
      <EmptyState icon={IconBuildingSkyscraper} title={t('customers.lists.notFound')}>
        <Button size="xs" variant="light" onClick={showAll}>
          {t('customers.lists.showAll')}
        </Button>
      </EmptyState>
    )
  return (
    <VirtualList
      label={t('customers.companies')}
      items={companies}
      isStale={isPlaceholderData}
      hasMore={hasNextPage}
      isLoadingMore={isFetchingNextPage}
      onMore={more}
      row={(company) => <CompanyRow company={company} isOpen={company.id === id} />}
    />
  )
}

function CompanyRow({ company, isOpen }: { company: CompanyWire; isOpen: boolean }) {
  const { t } = useTranslation()
  const { id, name, inn, city, site, people } = company
  return (
    <Link
      to={`/companies/${id}`}
      search={((before: object) => before) as never}
      className={classes.link ?? ''}
      data-kind="company"
      data-open={isOpen}
      preload={false}
    >
      <Initials id={id} name={name} size={34} />
      <span className="okno-clip">
        <span className={`${classes.name} okno-clip`}>{name}</span>
        {city && <span className={`${classes.quiet} okno-clip`}>{city}</span>}
      </span>
      <span className={`${classes.quiet} okno-clip okno-numbers`}>{inn && t('customers.company.innIs', { inn })}</span>
      <span className={`${classes.quiet} ${classes.wide} okno-clip`}>{site?.replace(/^https?:\/\//, '')}</span>
      <span className={`${classes.quiet} ${classes.wide} okno-clip`}>
        {people.map(({ personName }) => personName).join(', ')}
      </span>
    </Link>
  )
}
