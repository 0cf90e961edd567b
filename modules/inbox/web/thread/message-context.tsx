import { IconCalendarClock, IconExternalLink, IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { formatExact, useWorkspaceZone } from '#platform/web'
import classes from './thread.module.css'

const isWebAddress = (value: string) => /^https?:\/\//i.test(value)
const isMoment = (value: string) => /^\d{4}-\d{2}-\d{2}T/.test(value) && !Number.isNaN(Date.parse(value))

/** Where the customer stood when they wrote: the page, the wished time of a callback, fields of a form. */
export function MessageContext({ context }: { context: Readonly<Record<string, string>> }) {
  const { t } = useTranslation()
  const { pageTitle, page: pageUrl, ...rest } = context
  const lines = Object.entries(rest).filter(([, value]) => value !== '')
  if (!pageUrl && lines.length === 0) return null
  return (
    <div className={classes.context}>
      {pageUrl && (
        <span className="okno-clip">
          <IconExternalLink size={13} style={{ verticalAlign: -2 }} aria-hidden />{' '}
          {isWebAddress(pageUrl) ? (
            <a href={pageUrl} target="_blank" rel="noopener noreferrer nofollow" title={pageUrl}>
              {pageTitle || pageUrl}
            </a>
          ) : (
            pageUrl
          )}
        </span>
      )}
      {lines.map(([key, value]) => (
        <span key={key}>
          {isMoment(value) ? (
            <IconCalendarClock size={13} style={{ verticalAlign: -2 }} aria-hidden />
          ) : (
            <IconInfoCircle size={13} style={{ verticalAlign: -2 }} aria-hidden />
          )}{' '}
          {t([`inbox.context.${key}`, 'inbox.context.other'], { name: key })}: <ContextValue name={key} value={value} />
        </span>
      ))}
    </div>
  )
}

function ContextValue({ name, value }: { name: string; value: string }) {
  const { t, i18n } = useTranslation()
  const zone = useWorkspaceZone()
  if (name === 'authentication' && value === 'fail')
    return <strong style={{ color: 'var(--okno-overdue)' }}>{t('inbox.context.unproven')}</strong>
  return isMoment(value) ? <strong>{formatExact(new Date(value), i18n.language, zone)}</strong> : value
}
