import { Group, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import classes from './lists.module.css'

/** Name of a list of customers and the way to the other one. */
export function ListHeading({ list }: { list: 'people' | 'companies' }) {
  const { t } = useTranslation()
  return (
    <Group gap="lg" component="nav" aria-label={t('customers.lists.which')}>
      {(['people', 'companies'] as const).map((one) => (
        <Title key={one} order={one === list ? 1 : 2} fz="lg">
          <Link to={`/${one}`} className={classes.tab ?? ''} aria-current={one === list ? 'page' : undefined}>
            {t(`customers.${one}`)}
          </Link>
        </Title>
      ))}
    </Group>
  )
}
