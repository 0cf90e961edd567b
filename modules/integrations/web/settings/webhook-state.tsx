import { useTranslation } from 'react-i18next'
import { Mark } from '#platform/web'
import type { DeliveryWire, WebhookWire } from '../webhooks-api.ts'
import { inShort } from './in-short.ts'

const LOOKS = { works: 'good', new: 'calm', failing: 'soon', paused: 'calm', off: 'bad' } as const

/** How a webhook is: off, paused, failing, works, or never used yet. */
export function stateOf({ state, failingSince, lastTakenAt }: WebhookWire): keyof typeof LOOKS {
  if (state !== 'active') return state
  if (failingSince) return 'failing'
  return lastTakenAt ? 'works' : 'new'
}

export function WebhookState({ webhook }: { webhook: WebhookWire }) {
  const { t } = useTranslation()
  const state = stateOf(webhook)
  return <Mark looks={LOOKS[state]}>{t(`integrations.webhooks.is.${state}`)}</Mark>
}

const DELIVERY_LOOKS = { queued: 'soon', sending: 'soon', delivered: 'good', given_up: 'bad' } as const

export function DeliveryState({ delivery: { state, attempts } }: { delivery: DeliveryWire }) {
  const { t } = useTranslation()
  const word = state === 'queued' && attempts > 0 ? 'again' : state
  return <Mark looks={DELIVERY_LOOKS[state]}>{t(`integrations.delivery.is.${word}`)}</Mark>
}

/** Why a try failed, in the reader's words; the other side's own words stand in the log. */
export function useReason() {
  const { t } = useTranslation()
  return ({ reason, reasonCode }: Pick<DeliveryWire, 'reason' | 'reasonCode'>): string | null =>
    reasonCode && t(`integrations.reasons.${reasonCode}`, { reason: reason && inShort(reason) })
}
