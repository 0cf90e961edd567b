import { IconArrowDown, IconArrowUp, IconChevronsUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ConversationWire } from '../inbox-api.ts'

const ICONS = { low: IconArrowDown, high: IconArrowUp, urgent: IconChevronsUp }
const COLOURS = { low: 'var(--okno-calm)', high: 'var(--okno-soon)', urgent: 'var(--okno-overdue)' }

/** An arrow for what is not of ordinary priority. */
export function PriorityMark({ priority }: { priority: ConversationWire['priority'] }) {
  const { t } = useTranslation()
  if (priority === 'normal') return null
  const Icon = ICONS[priority]
  const name = t('inbox.priority.is', { name: t(`inbox.priorities.${priority}`) })
  return (
    <span role="img" aria-label={name} title={name} style={{ display: 'inline-flex', color: COLOURS[priority] }}>
      <Icon size={14} stroke={2.2} />
    </span>
  )
}
