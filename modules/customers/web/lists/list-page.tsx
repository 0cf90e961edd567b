import { Button, CloseButton, Group, TextInput, Title } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconPlus, IconSearch, IconUsersGroup } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '#modules/access/web'
import classes from './lists.module.css'

const TYPING_MS = 250

/** A list of customers with its search and filters; the opened card stands beside it, on a narrow screen in its place. */
export function ListPage({
  list,
  q,
  onSearch,
  onAdd,
  onClose,
  filters,
  children,
  card,
}: {
  list: 'people' | 'companies'
  q: string
  onSearch: (q: string | undefined) => void
  onAdd: () => void
  /** Closes the opened card. */
  onClose: () => void
  filters?: ReactNode
  children: ReactNode
  /** Null while no card is open. */
  card: ReactNode
}) {
  const { t } = useTranslation()
  const canEdit = useCan('customers.edit')
  const [words, setWords] = useState(q)
  const search = useDebouncedCallback((next: string) => onSearch(next.trim() || undefined), TYPING_MS)
  const type = (next: string) => {
    setWords(next)
    search(next)
  }
  return (
    <div className={classes.page} data-step={card ? 'card' : 'list'}>
      <section className={classes.list} aria-label={t(`customers.${list}`)}>
        <Group className={classes.head ?? ''} justify="space-between" gap="sm">
          <Group gap="lg" component="nav" aria-label={t('customers.lists.which')}>
            {(['people', 'companies'] as const).map((one) => (
              <Title key={one} order={one === list ? 1 : 2} fz="lg">
                <Link to={`/${one}`} className={classes.tab ?? ''} aria-current={one === list ? 'page' : undefined}>
                  {t(`customers.${one}`)}
                </Link>
              </Title>
            ))}
          </Group>
          <Group gap="xs">
            {list === 'people' && (
              <Button
                component={Link}
                to="/same-people"
                size="xs"
                variant="default"
                leftSection={<IconUsersGroup size={16} />}
              >
                {t('customers.same.open')}
              </Button>
            )}
            {canEdit && (
              <Button size="xs" leftSection={<IconPlus size={16} />} onClick={onAdd}>
                {t(`customers.lists.add.${list}`)}
              </Button>
            )}
          </Group>
        </Group>
        <Group className={classes.tools ?? ''} gap="sm">
          <TextInput
            flex="2 1 240px"
            size="sm"
            aria-label={t(`customers.lists.search.${list}`)}
            placeholder={t(`customers.lists.search.${list}`)}
            leftSection={<IconSearch size={16} />}
            value={words}
            onChange={(event) => type(event.currentTarget.value)}
            rightSection={
              words && <CloseButton size="sm" aria-label={t('customers.lists.clear')} onClick={() => type('')} />
            }
          />
          {filters}
        </Group>
        {children}
      </section>
      {card && (
        <aside className={classes.card} aria-label={t('customers.lists.card')}>
          <Group justify="flex-end" className={classes.cardHead ?? ''}>
            <CloseButton aria-label={t('customers.lists.closeCard')} onClick={onClose} />
          </Group>
          {card}
        </aside>
      )}
    </div>
  )
}
