import { Button, VisuallyHidden } from '@mantine/core'
import {
  IconAlertTriangle,
  IconCheck,
  IconChecks,
  IconClock,
  IconEye,
  IconHelpCircle,
  IconSend,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useComposerControl } from '../composer/composer-control.ts'
import { type MessageWire, routesQuery } from '../inbox-api.ts'
import { useResend } from '../inbox-mutations.ts'
import classes from './thread.module.css'

const ICONS = {
  queued: IconClock,
  sending: IconSend,
  sent: IconCheck,
  delivered: IconChecks,
  read: IconEye,
  failed: IconAlertTriangle,
  unknown: IconHelpCircle,
}

type Delivery = NonNullable<MessageWire['delivery']>

/** What became of an answer, in a word and a picture. */
export function DeliveryState({ message, delivery }: { message: MessageWire; delivery: Delivery }) {
  const { t } = useTranslation()
  const { data: routes } = useQuery(routesQuery(message.conversationId))
  const receipts = routes?.find(({ accountId }) => accountId === message.account?.id)?.capabilities.receipts
  const Icon = ICONS[delivery.state]
  // What still waits says why: a provider that is away, an account without an outgoing connection.
  const reason = useReason()(delivery)
  const isLast = delivery.state === 'sent' && receipts && !receipts.includes('delivered') && !receipts.includes('read')
  return (
    <span className={classes.delivery} title={isLast ? t('inbox.delivery.notReported') : undefined}>
      <Icon size={13} aria-hidden />
      {t(`inbox.delivery.${delivery.state}`)}
      {reason && ` — ${reason}`}
      {isLast && <VisuallyHidden>{t('inbox.delivery.notReported')}</VisuallyHidden>}
    </span>
  )
}

/** Why an answer did not arrive, and the two ways on: once more, or by another channel. */
export function DeliveryFailure({ message, delivery }: { message: MessageWire; delivery: Delivery }) {
  const { t } = useTranslation()
  const resend = useResend(message)
  const composer = useComposerControl()
  const { data: routes = [] } = useQuery(routesQuery(message.conversationId))
  const other = routes.find(({ accountId, allowed }) => allowed && accountId !== message.account?.id)
  const reason = useReason()(delivery)
  return (
    <div className={classes.failure} role="alert">
      <span>
        <strong>{t(`inbox.delivery.${delivery.state}`)}</strong>
        {reason ? ` — ${reason}` : ''}
      </span>
      {message.can.resend && (
        <Button size="compact-xs" variant="default" loading={resend.isPending} onClick={() => resend.mutate()}>
          {t('inbox.delivery.resend')}
        </Button>
      )}
      {other && (
        <Button
          size="compact-xs"
          variant="default"
          onClick={() =>
            composer.rewrite({ mode: 'reply', text: message.text, accountId: other.accountId, files: message.files })
          }
        >
          {t('inbox.delivery.byOther', { name: other.name })}
        </Button>
      )}
    </div>
  )
}

/** Why an answer waits or failed, in words; what the provider said itself in brackets. */
function useReason() {
  const { t } = useTranslation()
  return ({ reason, reasonCode }: Delivery): string | null => {
    if (!reasonCode) return reason
    const words = t([`inbox.reasons.${reasonCode}`, 'inbox.reasons.said'], { reason: reason ?? '' })
    return reason && !words.includes(reason) ? `${words} (${reason})` : words
  }
}
