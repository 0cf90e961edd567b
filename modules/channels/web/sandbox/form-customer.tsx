import { IconReload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountWire } from '../channels-api.ts'
import { CustomerFrame } from './customer-frame.tsx'

/** Somebody who fills in the hosted form. */
export function FormCustomer({ account }: { account: AccountWire }) {
  const { t } = useTranslation()
  const [run, setRun] = useState(0)
  return (
    <CustomerFrame
      account={account}
      kind="form"
      text={t('channels.sandbox.formText')}
      title={account.name}
      address={`/f/${account.key}?page=${encodeURIComponent(window.location.href)}`}
      again={{
        icon: <IconReload size={14} />,
        label: t('channels.sandbox.formAgain'),
        onClick: () => setRun(run + 1),
      }}
      run={run}
    />
  )
}
