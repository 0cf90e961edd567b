import { Button, Menu, Text } from '@mantine/core'
import { IconChevronDown, IconPlugConnected } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { teamsQuery } from '#modules/access/web'
import { EmptyState, ErrorState, givesWay, LoadingState, Page, Row, Rows } from '#platform/web'
import { KindIcon, useKindName } from '../channel-kind.tsx'
import { accountsQuery, kindsQuery } from '../channels-api.ts'
import { AccountHealth } from './account-health.tsx'
import { AccountPage } from './account-page.tsx'
import { useChannelsAddress } from './use-channels-address.ts'

/** Accounts of channels: where customers reach the company, and whether each of them works. */
export default function ChannelsSettings() {
  const { accountId, newKind } = useChannelsAddress()
  const { data: accounts, error, refetch } = useQuery(accountsQuery)
  const { data: kinds, error: kindsError, refetch: refetchKinds } = useQuery(kindsQuery)
  if (givesWay(accounts, error)) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (givesWay(kinds, kindsError)) return <ErrorState error={kindsError} onRetry={() => void refetchKinds()} />
  if (!accounts || !kinds) return <LoadingState />
  const account = accounts.find(({ id }) => id === accountId)
  const kind = kinds.find((one) => one.kind === (account?.kind ?? newKind))
  if (kind) return <AccountPage key={account?.id ?? kind.kind} account={account ?? null} kind={kind} />
  return <AccountList />
}

function AccountList() {
  const { t } = useTranslation()
  const { go } = useChannelsAddress()
  const nameOf = useKindName()
  const { data: accounts = [] } = useQuery(accountsQuery)
  const { data: teams = [] } = useQuery(teamsQuery)
  const teamOf = (id: string | null) => teams.find((team) => team.id === id)?.name
  return (
    <Page title={t('channels.accounts.title')} text={t('channels.accounts.text')} actions={<KindPicker />}>
      {accounts.length === 0 ? (
        <EmptyState
          icon={IconPlugConnected}
          title={t('channels.accounts.none')}
          text={t('channels.accounts.noneText')}
        />
      ) : (
        <Rows label={t('channels.accounts.title')}>
          {accounts.map((account) => (
            <Row
              key={account.id}
              icon={<KindIcon kind={account.kind} size={24} />}
              title={account.name}
              detail={[
                nameOf(account.kind),
                ...[account.address].filter((address) => address !== null && address !== account.name),
                ...[teamOf(account.teamId)].filter((team) => team !== undefined),
              ].join(' · ')}
              aside={<AccountHealth account={account} />}
              onOpen={() => go({ account: account.id })}
              isDimmed={!account.isEnabled}
            />
          ))}
        </Rows>
      )}
    </Page>
  )
}

function KindPicker() {
  const { t } = useTranslation()
  const { go } = useChannelsAddress()
  const nameOf = useKindName()
  const { data: kinds = [] } = useQuery(kindsQuery)
  return (
    <Menu width={320}>
      <Menu.Target>
        <Button rightSection={<IconChevronDown size={16} />}>{t('channels.accounts.add')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {kinds.map(({ kind }) => (
          <Menu.Item key={kind} leftSection={<KindIcon kind={kind} />} onClick={() => go({ kind })}>
            {nameOf(kind)}
            <Text fz="xs" c="dimmed">
              {t([`channels.kinds.${kind}.text`, 'channels.kinds.other.text'])}
            </Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
