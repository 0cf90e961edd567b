import { Anchor, SegmentedControl, Select, Stack, Text, Title } from '@mantine/core'
import { IconFlask } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState, ErrorState, givesWay, LoadingState, useSlot } from '#platform/web'
import { useKindName } from '../channel-kind.tsx'
import { type AccountWire, accountsQuery } from '../channels-api.ts'
import { ApiCustomer } from './api-customer.tsx'
import { ChatCustomer } from './chat-customer.tsx'
import { FormCustomer } from './form-customer.tsx'
import { MailCustomer } from './mail-customer.tsx'
import classes from './sandbox.module.css'
import { sandboxQuery } from './sandbox-api.ts'

const CUSTOMERS = { email: MailCustomer, webchat: ChatCustomer, form: FormCustomer, api: ApiCustomer }
type Played = keyof typeof CUSTOMERS
const isPlayed = (kind: string): kind is Played => kind in CUSTOMERS

/** Play the customer at the left, see what Okno makes of it at the right. Everything goes by the channels' real protocols. */
export default function SandboxPage() {
  const { t } = useTranslation()
  const { data, error: accountsError, refetch } = useQuery(accountsQuery)
  const { data: state, error: stateError } = useQuery(sandboxQuery)
  const error = accountsError ?? stateError
  if (givesWay(data && state, error)) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data || !state) return <LoadingState />
  if (!state.isOn)
    return <EmptyState icon={IconFlask} title={t('channels.sandbox.isOff')} text={t('channels.sandbox.isOffText')} />
  const accounts = data.filter(({ kind, isEnabled }) => isEnabled && isPlayed(kind))
  if (accounts.length === 0)
    return (
      <EmptyState icon={IconFlask} title={t('channels.sandbox.noAccounts')} text={t('channels.sandbox.noAccountsText')}>
        <Anchor component={Link} to="/settings/channels" fz="sm">
          {t('channels.accounts.title')}
        </Anchor>
      </EmptyState>
    )
  return <Sandbox accounts={accounts} />
}

function Sandbox({ accounts }: { accounts: readonly AccountWire[] }) {
  const { t } = useTranslation()
  const nameOf = useKindName()
  const panels = useSlot('sandboxPanels')
  const kinds = [...new Set(accounts.map(({ kind }) => kind))].filter(isPlayed)
  const [kind, setKind] = useState<Played>(kinds[0] ?? 'email')
  const ofKind = accounts.filter((account) => account.kind === kind)
  const [chosen, setChosen] = useState<string | null>(null)
  const account = ofKind.find(({ id }) => id === chosen) ?? ofKind[0]
  const Customer = CUSTOMERS[kind]
  return (
    <div className={classes.sandbox}>
      <section className={classes.customer} aria-label={t('channels.sandbox.customer')}>
        <Stack gap={4}>
          <Title order={1} fz="xl">
            {t('channels.sandbox.title')}
          </Title>
          <Text fz="sm" c="dimmed">
            {t('channels.sandbox.text')}
          </Text>
        </Stack>
        <SegmentedControl
          aria-label={t('channels.sandbox.channel')}
          value={kind}
          onChange={(value) => isPlayed(value) && setKind(value)}
          data={kinds.map((value) => ({ value, label: nameOf(value) }))}
        />
        {ofKind.length > 1 && account && (
          <Select
            label={t('channels.sandbox.account')}
            allowDeselect={false}
            value={account.id}
            data={ofKind.map(({ id, name, address }) => ({
              value: id,
              label: kind === 'email' && address ? `${name} · ${address}` : name,
            }))}
            onChange={setChosen}
          />
        )}
        {account && <Customer key={account.id} account={account} />}
      </section>
      <div className={classes.office}>
        {panels.map(({ id, component: Panel }) => (
          <Panel key={id} />
        ))}
      </div>
    </div>
  )
}
