import { Button, Group, Paper, Switch } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ConfirmButton, notify, problemText } from '#platform/web'
import { type AccountWire, useChangeAccount, useVerifyAccount } from '../channels-api.ts'
import { AccountHealth, useHealthReason } from './account-health.tsx'
import { useChannelsAddress } from './use-channels-address.ts'

/** How the account is, and what can be done with the whole of it. */
export function AccountActs({ account }: { account: AccountWire }) {
  const { t } = useTranslation()
  const { go } = useChannelsAddress()
  const change = useChangeAccount(account.id)
  const verify = useVerifyAccount(account.id)
  const reasonOf = useHealthReason()
  const complain = { onError: (error: Error) => void notify(problemText(t, error), 'bad') }
  const check = () =>
    verify.mutate(undefined, {
      ...complain,
      onSuccess: ({ ok, reason }) =>
        void notify(
          ok ? t('channels.accounts.works') : t('channels.accounts.fails', { reason: reasonOf(reason ?? '') }),
          ok ? 'good' : 'bad',
        ),
    })
  return (
    <Paper withBorder radius="md" px="md" py="sm">
      <Group justify="space-between" gap="sm">
        <div aria-live="polite" style={{ flex: '1 1 240px', minWidth: 0 }}>
          <AccountHealth account={account} isFull />
        </div>
        {account.can.edit && (
          <Group gap="xs">
            <Button
              size="xs"
              variant="default"
              leftSection={<IconRefresh size={14} />}
              loading={verify.isPending}
              disabled={!account.isEnabled}
              onClick={check}
            >
              {t('channels.accounts.verify')}
            </Button>
            <Switch
              label={t('channels.accounts.enabled')}
              checked={account.isEnabled}
              disabled={change.isPending}
              onChange={(event) => change.mutate({ isEnabled: event.currentTarget.checked }, complain)}
            />
            <ConfirmButton
              question={t('channels.accounts.archiveQuestion', { name: account.name })}
              confirm={t('channels.accounts.archive')}
              onConfirm={() => change.mutate({ isArchived: true }, { ...complain, onSuccess: () => go({}) })}
            >
              {t('channels.accounts.archive')}
            </ConfirmButton>
          </Group>
        )}
      </Group>
    </Paper>
  )
}
