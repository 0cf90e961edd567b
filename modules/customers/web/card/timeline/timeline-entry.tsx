import { useTranslation } from 'react-i18next'
import { formatExact, useWorkspaceZone } from '#platform/web'
import classes from '../card.module.css'
import type { TimelineWire } from '../card-api.ts'
import { TimelineWords } from '../timeline-words.tsx'

/** What happened, in words, with a way to the thing it is about; when, by the company's clock, and who did it. */
export function TimelineItem({ entry }: { entry: TimelineWire }) {
  const { i18n } = useTranslation()
  const zone = useWorkspaceZone()
  const { at, data } = entry
  const date = new Date(at)
  const clock = new Intl.DateTimeFormat(i18n.language, {
    hour: 'numeric',
    minute: '2-digit',
    ...(zone ? { timeZone: zone } : {}),
  }).format(date)
  return (
    <div className={classes.entry}>
      <TimelineWords entry={entry} />
      {typeof data.reason === 'string' && <span className={classes.lineFacts}>{data.reason}</span>}
      <span className={classes.lineFacts}>
        <time dateTime={at} title={formatExact(date, i18n.language, zone)} className="okno-numbers">
          {clock}
        </time>
        {typeof data.operatorName === 'string' && ` · ${data.operatorName}`}
      </span>
    </div>
  )
}
