import { ActionIcon, Group, Stack } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ChannelKind } from '#modules/channels/contract'
import { Page } from '#platform/web'
import { KindIcon, useKindName } from '../channel-kind.tsx'
import type { AccountWire } from '../channels-api.ts'
import { FormBuilder } from '../forms/form-builder.tsx'
import { AccountActs } from './account-acts.tsx'
import { AccountForm } from './account-form.tsx'
import { AccountUse } from './account-use.tsx'
import { useChannelsAddress } from './use-channels-address.ts'

/** One account: how it is, its settings, and what to put where so that it works. Null = a new one. */
export function AccountPage({ account, kind }: { account: AccountWire | null; kind: ChannelKind }) {
  const { t } = useTranslation()
  const { go } = useChannelsAddress()
  const kindName = useKindName()(kind.kind)
  const isForm = kind.kind === 'form'
  return (
    <Page
      width={isForm ? 1240 : 720}
      title={
        <Group gap="xs" wrap="nowrap">
          <ActionIcon aria-label={t('channels.accounts.back')} onClick={() => go({})}>
            <IconArrowLeft size={18} />
          </ActionIcon>
          <KindIcon kind={kind.kind} size={24} />
          {account?.name ?? t('channels.accounts.new', { kind: kindName })}
        </Group>
      }
    >
      <Stack gap={32}>
        {account && <AccountActs account={account} />}
        {isForm ? (
          <FormBuilder key={account?.id ?? 'new'} account={account} onCreated={(id) => go({ account: id })} />
        ) : (
          <AccountForm account={account} kind={kind} onCreated={(id) => go({ account: id })} />
        )}
        {account && <AccountUse account={account} />}
      </Stack>
    </Page>
  )
}
