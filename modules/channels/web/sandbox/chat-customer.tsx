import { IconUserPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountWire } from '../channels-api.ts'
import { CustomerFrame } from './customer-frame.tsx'

/** Each run of the page begins with a visitor of its own. */
const firstVisitor = () => Date.now().toString(36)

/** A visitor of a trial shop with the real widget. Another visitor is another browser: nothing is shared. */
export function ChatCustomer({ account }: { account: AccountWire }) {
  const { t, i18n } = useTranslation()
  const [visitor, setVisitor] = useState(firstVisitor)
  const lang = i18n.language === 'ru' ? 'ru' : 'en'
  return (
    <CustomerFrame
      account={account}
      kind="webchat"
      text={t('channels.sandbox.chatText')}
      title={t('channels.sandbox.chatFrame')}
      address={`/chat-demo/${account.key}?visitor=${visitor}&lang=${lang}`}
      again={{
        icon: <IconUserPlus size={14} />,
        label: t('channels.sandbox.newVisitor'),
        onClick: () => setVisitor(firstVisitor()),
      }}
      run={visitor}
    />
  )
}
