import { IconCircle, IconCircleCheck, IconCircleDot, IconHourglassEmpty, IconMoonStars } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Moment } from '#platform/web'
import type { ConversationWire } from '../inbox-api.ts'
import classes from './conversation.module.css'

const ICONS = {
  new: IconCircleDot,
  open: IconCircle,
  waiting: IconHourglassEmpty,
  snoozed: IconMoonStars,
  closed: IconCircleCheck,
}

export function StatusChip({ conversation: { status, snoozedUntil } }: { conversation: ConversationWire }) {
  const { t } = useTranslation()
  const Icon = ICONS[status]
  return (
    <span className={classes.chip}>
      <Icon size={13} aria-hidden />
      {t(`inbox.statuses.${status}`)}
      {status === 'snoozed' && snoozedUntil && <Moment at={snoozedUntil} />}
    </span>
  )
}
