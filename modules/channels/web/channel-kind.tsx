import {
  IconApi,
  IconForms,
  IconMail,
  IconMessageChatbot,
  IconMessageCircle,
  type IconProps,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'

const ICONS: Record<string, ComponentType<IconProps>> = {
  email: IconMail,
  webchat: IconMessageChatbot,
  form: IconForms,
  api: IconApi,
}

/** The picture of a kind of channel. Decoration: its name stands beside it. */
export function KindIcon({ kind, size = 20 }: { kind: string; size?: number }) {
  const Icon = ICONS[kind] ?? IconMessageCircle
  return <Icon size={size} stroke={1.6} aria-hidden />
}

/** Names kinds of channels; a kind without a name of ours keeps its own. */
export function useKindName() {
  const { t } = useTranslation()
  return (kind: string): string => t([`channels.kinds.${kind}.name`, 'channels.kinds.other.name'], { kind })
}
