import { VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './queue.module.css'
import { QueueList } from './queue-list.tsx'
import { QueueTools } from './queue-tools.tsx'
import { QueueViews } from './queue-views.tsx'

/** The left column: whose turn it is. */
export function Queue() {
  const { t } = useTranslation()
  return (
    <section className={classes.queue} aria-label={t('inbox.queue.title')}>
      <VisuallyHidden component="h1">{t('inbox.title')}</VisuallyHidden>
      <QueueViews />
      <QueueTools />
      <QueueList />
    </section>
  )
}
