import { IconApi, IconForms, IconMail, IconMessageChatbot, IconMessageCircle, IconPhoneCall } from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'

type Icon = ComponentType<{ size?: number | string; stroke?: number | string }>

const ICONS: Record<string, Icon> = {
  email: IconMail,
  webchat: IconMessageChatbot,
  form: IconForms,
  callback: IconPhoneCall,
  api: IconApi,
}

/** The picture of a kind of channel, with its name for those who do not see it. */
export function ChannelIcon({ kind, size = 14 }: { kind: string; size?: number }) {
  const name = useChannelName()(kind)
  const Icon = ICONS[kind] ?? IconMessageCircle
  return (
    <span role="img" aria-label={name} title={name} style={{ display: 'inline-flex' }}>
      <Icon size={size} stroke={1.7} />
    </span>
  )
}

/** Names kinds of channels; a kind without a name of ours keeps its own. */
export function useChannelName() {
  const { t } = useTranslation()
  return (kind: string): string => t([`inbox.channels.${kind}`, 'inbox.channels.other'], { kind })
}
