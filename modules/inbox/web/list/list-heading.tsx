import { Group, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { LIST_PATH } from '../use-inbox-address.ts'
import classes from './list-heading.module.css'

/** The name of the table, and the way back to the queue. */
export function ListHeading() {
  const { t } = useTranslation()
  return (
    <Group gap="lg" component="nav" aria-label={t('inbox.list.which')}>
      <Title order={2} fz="lg">
        <Link to="/inbox" className={classes.tab ?? ''}>
          {t('inbox.queue.title')}
        </Link>
      </Title>
      <Title order={1} fz="lg">
        <Link to={LIST_PATH} className={classes.tab ?? ''} aria-current="page">
          {t('inbox.list.title')}
        </Link>
      </Title>
    </Group>
  )
}
