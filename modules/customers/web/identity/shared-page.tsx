import { Button, Checkbox, Group } from '@mantine/core'
import { IconAt, IconPhone, IconUsersGroup } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '#modules/access/web'
import { EmptyState, ErrorState, givesWay, LoadingState, Moment, Page, Rows } from '#platform/web'
import classes from './identity.module.css'
import { type SharedAddressWire, sharedAddressesQuery, useDecideShared } from './identity-api.ts'
import { IdentityTabs } from './identity-tabs.tsx'

/** Phones and mailboxes on cards of different people: said to be shared, or not, one by one or several at once. */
export default function SharedPage() {
  const { t } = useTranslation()
  const canEdit = useCan('customers.edit')
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useInfiniteQuery(sharedAddressesQuery)
  const addresses = data?.pages.flatMap(({ items }) => items) ?? []
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const decide = useDecideShared()
  const wanted = addresses.filter(({ identityId }) => chosen.has(identityId))
  const say = (shared: boolean, some: readonly SharedAddressWire[]) =>
    decide.mutate(
      { shared, addresses: some.map(({ personId, identityId }) => ({ personId, identityId })) },
      { onSettled: () => setChosen(new Set()) },
    )
  const toggle = (id: string) => setChosen(chosen.symmetricDifference(new Set([id])))
  const isAll = addresses.length > 0 && wanted.length === addresses.length
  const decisions = (some: readonly SharedAddressWire[]) =>
    ([true, false] as const).map((shared) => (
      <Button
        key={String(shared)}
        size="compact-sm"
        variant="default"
        disabled={decide.isPending}
        onClick={() => say(shared, some)}
      >
        {t(shared ? 'customers.sharedAddresses.isShared' : 'customers.sharedAddresses.isOne')}
      </Button>
    ))
  return (
    <Page title={<IdentityTabs at="shared" />} text={t('customers.sharedAddresses.text')} width={1180}>
      {givesWay(data, error) ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : isPending ? (
        <LoadingState />
      ) : addresses.length === 0 && !hasNextPage ? (
        <EmptyState
          icon={IconUsersGroup}
          title={t('customers.sharedAddresses.none')}
          text={t('customers.sharedAddresses.noneText')}
        />
      ) : (
        <>
          {canEdit && (
            <Group gap="sm" mb="xs" mih={30}>
              <Checkbox
                size="sm"
                label={
                  wanted.length === 0
                    ? t('customers.sharedAddresses.all')
                    : t('customers.sharedAddresses.selected', { count: wanted.length })
                }
                checked={isAll}
                indeterminate={wanted.length > 0 && !isAll}
                onChange={() => setChosen(new Set(isAll ? [] : addresses.map(({ identityId }) => identityId)))}
              />
              {wanted.length > 0 && decisions(wanted)}
            </Group>
          )}
          <Rows label={t('customers.sharedAddresses.list')}>
            {addresses.map((address) => (
              <li key={address.identityId} className={classes.addressRow}>
                {canEdit && (
                  <Checkbox
                    size="sm"
                    aria-label={t('customers.sharedAddresses.select', { value: address.value })}
                    checked={chosen.has(address.identityId)}
                    onChange={() => toggle(address.identityId)}
                  />
                )}
                <Holders address={address} />
                {canEdit && <Group gap="xs">{decisions([address])}</Group>}
              </li>
            ))}
          </Rows>
          {hasNextPage && (
            <Button variant="subtle" size="xs" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {t('customers.tasks.more')}
            </Button>
          )}
        </>
      )}
    </Page>
  )
}

/** The address and why it may be shared: whose cards it stands on, how surely, since when. */
function Holders({ address: { kind, value, holders, count } }: { address: SharedAddressWire }) {
  const { t } = useTranslation()
  const Icon = kind === 'phone' ? IconPhone : IconAt
  return (
    <div className={classes.address}>
      <span className={`${classes.addressValue} okno-numbers`}>
        <Icon size={15} stroke={1.6} role="img" aria-label={t(`customers.kinds.${kind}`)} /> {value}
      </span>
      <div className={classes.holders}>
        {holders.map(({ personId, name, proven, lastSeenAt }) => (
          <span key={`${personId} ${proven}`} className={classes.holder}>
            <Link to={`/people/${personId}`}>{name}</Link>
            <span className={classes.values}>
              {t(proven ? 'customers.proven' : 'customers.claimed')}, {t('customers.sharedAddresses.seen')}{' '}
              <Moment at={lastSeenAt} />
            </span>
          </span>
        ))}
        {count > holders.length && (
          <span className={classes.values}>
            {t('customers.sharedAddresses.more', { count: count - holders.length })}
          </span>
        )}
      </div>
    </div>
  )
}
