import { Button } from '@mantine/core'
import { IconPlus, IconWebhook } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyField, EmptyState, Loaded, MissingState, Moment, Notice, Page, Row, Rows, SidePanel } from '#platform/web'
import { useMakeWebhook, type WebhookWire, webhooksQuery } from '../webhooks-api.ts'
import { useWebhooksAddress } from './use-webhooks-address.ts'
import { WebhookForm } from './webhook-form.tsx'
import { WebhookPage } from './webhook-page.tsx'
import { useReason, WebhookState } from './webhook-state.tsx'

/** Addresses of other systems that are told what happens here. */
export default function WebhooksSettings() {
  const { t } = useTranslation()
  const { webhookId } = useWebhooksAddress()
  const { data: webhooks } = useQuery(webhooksQuery)
  const opened = webhooks?.find(({ id }) => id === webhookId)
  if (webhooks && webhookId !== null && !opened)
    return (
      <MissingState
        title={t('integrations.webhooks.missing')}
        to="/settings/webhooks"
        back={t('integrations.webhooks.toList')}
      />
    )
  return opened ? <WebhookPage key={opened.id} webhook={opened} /> : <WebhookList />
}

function WebhookList() {
  const { t } = useTranslation()
  const { go } = useWebhooksAddress()
  const webhooks = useQuery(webhooksQuery)
  const [isNew, setNew] = useState(false)
  const make = useMakeWebhook()
  const close = () => {
    setNew(false)
    make.reset()
  }
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setNew(true)}>
      {t('integrations.webhooks.add')}
    </Button>
  )
  return (
    <Page title={t('integrations.webhooks.title')} text={t('integrations.webhooks.text')} actions={add}>
      <Loaded
        query={webhooks}
        empty={
          <EmptyState
            icon={IconWebhook}
            title={t('integrations.webhooks.none')}
            text={t('integrations.webhooks.noneText')}
          />
        }
      >
        {(items) => (
          <Rows label={t('integrations.webhooks.title')}>
            {items.map((webhook) => (
              <Row
                key={webhook.id}
                icon={<IconWebhook size={22} stroke={1.6} />}
                title={webhook.name}
                detail={<WebhookDetail webhook={webhook} />}
                aside={<WebhookState webhook={webhook} />}
                onOpen={() => go({ webhook: webhook.id })}
                isDimmed={webhook.state !== 'active'}
              />
            ))}
          </Rows>
        )}
      </Loaded>
      <SidePanel title={t('integrations.webhooks.add')} isOpen={isNew} onClose={close} size={560}>
        {make.data ? (
          <Secret webhook={make.data} onOpen={() => go({ webhook: make.data.id })} />
        ) : (
          <WebhookForm webhook={null} save={make} />
        )}
      </SidePanel>
    </Page>
  )
}

function WebhookDetail({ webhook }: { webhook: WebhookWire }) {
  const { t } = useTranslation()
  const reasonOf = useReason()
  const { url, events, waiting, lastTakenAt, failingSince, lastReason, lastReasonCode } = webhook
  const reason = reasonOf({ reason: lastReason, reasonCode: lastReasonCode })
  return (
    <>
      <span style={{ overflowWrap: 'anywhere' }}>{url}</span>
      <div>
        {t('integrations.webhooks.eventCount', { count: events.length })}
        {waiting > 0 && ` · ${t('integrations.webhooks.waiting', { count: waiting })}`}
        {lastTakenAt && (
          <>
            {' · '}
            {t('integrations.webhooks.lastTaken')} <Moment at={lastTakenAt} />
          </>
        )}
      </div>
      {failingSince && reason && <div style={{ color: 'var(--mantine-color-error)' }}>{reason}</div>}
    </>
  )
}

/** Shown once, right after it was made. */
function Secret({ webhook, onOpen }: { webhook: WebhookWire & { secret: string }; onOpen: () => void }) {
  const { t } = useTranslation()
  return (
    <Notice role="status" title={t('integrations.webhooks.secretOnce')}>
      <CopyField
        label={t('integrations.webhooks.secret')}
        text={t('integrations.webhooks.secretHint')}
        value={webhook.secret}
      />
      <div>
        <Button onClick={onOpen}>{t('integrations.webhooks.open')}</Button>
      </div>
    </Notice>
  )
}
