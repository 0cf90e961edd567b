import { IconAlarm, IconClock, IconFlame } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { formatExact, formatSpan, useNow, useWorkspaceZone } from '#platform/web'
import type { ConversationWire } from '../inbox-api.ts'
import { dueOf } from './due.ts'
import classes from './due-badge.module.css'

const ICONS = { overdue: IconFlame, soon: IconAlarm, calm: IconClock }

/** Until when the customer should have an answer: told by words, picture and colour. Nothing when nobody waits. */
export function DueBadge({ conversation }: { conversation: ConversationWire }) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const zone = useWorkspaceZone()
  const due = dueOf(conversation, now)
  if (!due) return null
  const Icon = ICONS[due.pressure]
  const span = formatSpan(Math.abs(due.at - now), i18n.language)
  const exact = formatExact(new Date(due.at), i18n.language, zone)
  return (
    <span
      className={classes.badge}
      data-pressure={due.pressure}
      title={t(due.pressure === 'overdue' ? 'inbox.due.overdueHint' : 'inbox.due.leftHint', { span, at: exact })}
    >
      <Icon size={13} aria-hidden />
      {t(due.pressure === 'overdue' ? 'inbox.due.overdue' : 'inbox.due.left', { span })}
    </span>
  )
}
