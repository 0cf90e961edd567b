import { ActionIcon, Anchor, Button, Group, Stack, Text } from '@mantine/core'
import { IconArrowLeft, IconPencil, IconPlayerPause, IconPlayerPlay, IconSend } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  ConfirmButton,
  CopyField,
  DeleteButton,
  Moment,
  Notice,
  notify,
  Page,
  problemText,
  Section,
  SidePanel,
} from '#platform/web'
import {
  useChangeWebhook,
  useRemoveWebhook,
  useRenewSecret,
  useTestWebhook,
  type WebhookWire,
} from '../webhooks-api.ts'
import { DeliveryLog } from './delivery-log.tsx'
import { useWebhooksAddress } from './use-webhooks-address.ts'
import { WebhookForm } from './webhook-form.tsx'
import { useReason, WebhookState } from './webhook-state.tsx'

/** One webhook: how it is, what can be done with it, and its log. */
export function WebhookPage({ webhook }: { webhook: WebhookWire }) {
  const { t } = useTranslation()
  const { go } = useWebhooksAddress()
  const [isEditing, setEditing] = useState(false)
  const change = useChangeWebhook(webhook.id)
  const remove = useRemoveWebhook(() => go({}))
  return (
    <Page
      title={
        <Group gap="xs" wrap="nowrap" align="start">
          <ActionIcon variant="subtle" aria-label={t('integrations.webhooks.toList')} onClick={() => go({})}>
            <IconArrowLeft size={18} />
          </ActionIcon>
          {webhook.name}
        </Group>
      }
      actions={<WebhookState webhook={webhook} />}
    >
      <Stack gap="xl">
        <Stack gap="md">
          <Text fz="sm" style={{ overflowWrap: 'anywhere' }}>
            {webhook.url}
          </Text>
          <Trouble webhook={webhook} />
          <Group gap="sm">
            <TestButton webhook={webhook} />
            <StateButton webhook={webhook} />
            <Button variant="default" leftSection={<IconPencil size={16} />} onClick={() => setEditing(true)}>
              {t('integrations.webhooks.edit')}
            </Button>
          </Group>
        </Stack>
        <DeliveryLog webhook={webhook} />
        <SecretSection webhook={webhook} />
        <DeleteButton
          id={webhook.id}
          words={t('integrations.webhooks.remove')}
          question={t('integrations.webhooks.removeQuestion', { name: webhook.name })}
          remove={remove}
        />
      </Stack>
      <SidePanel title={webhook.name} isOpen={isEditing} onClose={() => setEditing(false)} size={560}>
        <WebhookForm
          webhook={webhook}
          save={{
            ...change,
            mutate: (draft) =>
              change.mutate(draft, {
                onSuccess: () => {
                  void notify(t('common.saved'))
                  setEditing(false)
                },
              }),
          }}
        />
      </SidePanel>
    </Page>
  )
}

/** What is wrong and what to do, when something is. */
function Trouble({ webhook }: { webhook: WebhookWire }) {
  const { t } = useTranslation()
  const reasonOf = useReason()
  const { state, offBecause, failingSince, lastReason, lastReasonCode } = webhook
  if (state === 'paused') return <Notice title={t('integrations.webhooks.pausedText')} />
  const reason = reasonOf({ reason: lastReason, reasonCode: lastReasonCode })
  if (state === 'off')
    return (
      <Notice role="alert" title={t(`integrations.webhooks.off.${offBecause ?? 'failing'}`)}>
        <Text fz="sm">{t('integrations.webhooks.off.cure')}</Text>
      </Notice>
    )
  if (!failingSince) return null
  return (
    <Notice role="alert" title={t('integrations.webhooks.failing')}>
      <Text fz="sm">
        {t('integrations.webhooks.failingSince')} <Moment at={failingSince} />. {reason}
      </Text>
    </Notice>
  )
}

function TestButton({ webhook }: { webhook: WebhookWire }) {
  const { t } = useTranslation()
  const test = useTestWebhook(webhook.id)
  return (
    <Button
      variant="default"
      leftSection={<IconSend size={16} />}
      loading={test.isPending}
      onClick={() =>
        test.mutate(undefined, {
          onSuccess: () => void notify(t('integrations.webhooks.testSent')),
          onError: (error) => void notify(problemText(t, error), 'bad'),
        })
      }
    >
      {t('integrations.webhooks.test')}
    </Button>
  )
}

function StateButton({ webhook }: { webhook: WebhookWire }) {
  const { t } = useTranslation()
  const change = useChangeWebhook(webhook.id)
  const isActive = webhook.state === 'active'
  return (
    <Button
      variant={webhook.state === 'off' ? 'filled' : 'default'}
      leftSection={isActive ? <IconPlayerPause size={16} /> : <IconPlayerPlay size={16} />}
      loading={change.isPending}
      onClick={() =>
        change.mutate(
          { state: isActive ? 'paused' : 'active' },
          { onError: (error) => void notify(problemText(t, error), 'bad') },
        )
      }
    >
      {t(`integrations.webhooks.do.${webhook.state}`)}
    </Button>
  )
}

function SecretSection({ webhook }: { webhook: WebhookWire }) {
  const { t } = useTranslation()
  const renew = useRenewSecret(webhook.id)
  return (
    <Section title={t('integrations.webhooks.secret')} text={t('integrations.webhooks.secretText')}>
      {renew.data && (
        <Notice role="status" title={t('integrations.webhooks.secretOnce')}>
          <CopyField
            label={t('integrations.webhooks.secret')}
            text={t('integrations.webhooks.secretHint')}
            value={renew.data.secret}
          />
        </Notice>
      )}
      <Group gap="sm">
        <ConfirmButton
          size="sm"
          question={t('integrations.webhooks.renewQuestion')}
          confirm={t('integrations.webhooks.renew')}
          isPending={renew.isPending}
          onConfirm={() => renew.mutate(undefined, { onError: (error) => void notify(problemText(t, error), 'bad') })}
        >
          {t('integrations.webhooks.renew')}
        </ConfirmButton>
        <Anchor href="https://www.standardwebhooks.com" target="_blank" rel="noreferrer" fz="sm">
          {t('integrations.webhooks.howToCheck')}
        </Anchor>
      </Group>
    </Section>
  )
}
