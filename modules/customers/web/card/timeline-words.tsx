import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { TimelineWire } from '../customers-api.ts'

/** One entry of a timeline in words; what it is about opens with a click. */
export function TimelineWords({
  entry: { kind, object, objectId, data },
}: {
  entry: Pick<TimelineWire, 'kind' | 'object' | 'objectId' | 'data'>
}) {
  const { t } = useTranslation()
  const values = Object.fromEntries(Object.entries(data).filter(([, value]) => typeof value !== 'object'))
  const stage = typeof data.to === 'string' ? t([`customers.stages.${data.to}`, 'common.none']) : ''
  const purpose =
    typeof data.purpose === 'string'
      ? t([`customers.purposes.${data.purpose}`, 'customers.purposes.other'], { purpose: data.purpose })
      : ''
  // Each module names its own happenings: `inbox.conversation_closed` stands under inbox.timeline.
  const [module, name] = kind.split('.')
  const line = t([`${module}.timeline.${name}`, 'customers.timeline.other'], { kind, ...values, stage, purpose })
  // A chat has no subject: nothing follows the colon then.
  const words = line.replace(/:\s*$/, '')
  if (object === 'conversation' && objectId)
    return (
      <Anchor component={Link} to={`/inbox/${objectId}`} c="var(--okno-accent-text)" fz="sm">
        {words}
      </Anchor>
    )
  return <span>{words}</span>
}
