import { IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { formatExact, useWorkspaceZone } from '#platform/web'
import type { ReplyRoute } from '../inbox-api.ts'
import classes from './composer.module.css'

/** What the chosen way allows now, said before anything is typed. Silent when it allows everything for good. */
export function AllowedNow({ route }: { route: ReplyRoute | null }) {
  const { t, i18n } = useTranslation()
  const zone = useWorkspaceZone()
  const says = () => {
    if (!route) return t('inbox.allowed.noRoute')
    if (!route.allowed)
      return t([`inbox.reasons.${route.reasonCode?.replace(/^inbox\./, '')}`, 'inbox.allowed.no'], {
        reason: '',
        account: route.name,
      })
    if (route.until) return t('inbox.allowed.until', { at: formatExact(new Date(route.until), i18n.language, zone) })
    return route.isDefault ? null : t('inbox.allowed.switched', { name: route.name })
  }
  const words = says()
  if (!words) return null
  return (
    <div className={classes.notice} role="status">
      <IconInfoCircle size={14} aria-hidden />
      {words}
    </div>
  )
}
