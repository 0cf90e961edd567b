import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { notify, problemText } from '#platform/web'
import { type Faults, type MailFault, sandboxQuery, useSetFaults } from './sandbox-api.ts'

const DELAY_MS = 10_000
const MAIL: Record<string, MailFault> = {
  none: { kind: 'none' },
  delay: { kind: 'delay', ms: DELAY_MS },
  busy: { kind: 'busy' },
  reject: { kind: 'reject' },
  drop: { kind: 'drop' },
}
const WEBHOOK: Record<string, NonNullable<Faults['webhook']>> = {
  none: { kind: 'answer', status: 200 },
  delay: { kind: 'answer', status: 200, delayMs: DELAY_MS },
  busy: { kind: 'answer', status: 429 },
  failing: { kind: 'answer', status: 500 },
  reject: { kind: 'answer', status: 400 },
  cut: { kind: 'cut' },
}

/** How the customer's mail server, or the other system, takes answers. Holds for all accounts of the kind until changed. */
export function OutgoingTrouble({ of }: { of: 'mail' | 'webhook' }) {
  const { t } = useTranslation()
  const { data } = useQuery(sandboxQuery)
  const set = useSetFaults()
  const [webhook, setWebhook] = useState('none')
  const choose = (value: string | null) => {
    if (value === null) return
    const fault = of === 'mail' ? { mail: MAIL[value] } : { webhook: WEBHOOK[value] }
    set.mutate(fault as Faults, {
      onSuccess: () => of === 'webhook' && setWebhook(value),
      onError: (error) => void notify(problemText(t, error), 'bad'),
    })
  }
  return (
    <Select
      label={t('channels.sandbox.outgoing')}
      description={t(`channels.sandbox.outgoingHint.${of}`)}
      allowDeselect={false}
      disabled={set.isPending}
      value={of === 'mail' ? (data?.mailFault.kind ?? 'none') : webhook}
      data={Object.keys(of === 'mail' ? MAIL : WEBHOOK).map((value) => ({
        value,
        label: t(`channels.sandbox.faults.${value}`),
      }))}
      onChange={choose}
    />
  )
}
