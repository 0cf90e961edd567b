import { useTranslation } from 'react-i18next'
import { useNow, useWorkspaceZone } from './now.ts'
import { formatClock, formatExact, formatShort } from './time.ts'

/** A moment: short in the text, exact on hover. `form` "clock" always shows the hour, "short" the day once it is past. */
export function Moment({
  at,
  form = 'short',
  className,
}: {
  at: string
  form?: 'short' | 'clock'
  className?: string
}) {
  const { i18n } = useTranslation()
  const now = useNow()
  const zone = useWorkspaceZone()
  const date = new Date(at)
  const text = form === 'clock' ? formatClock(date, i18n.language) : formatShort(date, new Date(now), i18n.language)
  return (
    <time dateTime={at} title={formatExact(date, i18n.language, zone)} className={`okno-numbers ${className ?? ''}`}>
      {text}
    </time>
  )
}
