import { Tooltip, UnstyledButton } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { Link, useLocation } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { OwnMenu, useMe } from '#modules/access/web'
import type { NavItem } from '#platform/web'
import { modules } from './modules.ts'
import classes from './shell.module.css'

const items = modules.flatMap((module) => module.nav ?? []).sort((a, b) => a.order - b.order)

/** The places of the product: a column at the left, a bar at the bottom of a phone. */
export function NavRail({ onSearch }: { onSearch: () => void }) {
  const { t } = useTranslation()
  const { permissions } = useMe()
  return (
    <nav className={classes.rail} aria-label={t('shell.navigation')}>
      <img src="/icon.svg" alt="Okno" className={classes.mark} />
      <div className={classes.items}>
        {items
          .filter(({ permission }) => !permission || permissions.includes(permission))
          .map((item) => (
            <RailLink key={item.id} item={item} />
          ))}
        <Tooltip label={t('shell.search')} position="right">
          <UnstyledButton className={classes.item ?? ''} aria-label={t('shell.search')} onClick={onSearch}>
            <IconSearch size={20} stroke={1.6} />
          </UnstyledButton>
        </Tooltip>
      </div>
      <OwnMenu />
    </nav>
  )
}

const useNoCount = () => 0
const useAlways = () => true

function RailLink({
  item: { to, also = [], label, icon: Icon, useCount = useNoCount, useIsOffered = useAlways },
}: {
  item: NavItem
}) {
  const { t } = useTranslation()
  const count = useCount()
  const isHere = useLocation({ select: ({ pathname }) => also.some((path) => pathname.startsWith(path)) })
  const name = t(label)
  if (!useIsOffered()) return null
  return (
    <Tooltip label={name} position="right">
      <Link
        to={to}
        className={classes.item ?? ''}
        {...(isHere ? { 'data-status': 'active', 'aria-current': 'page' } : {})}
        aria-label={count > 0 ? t('shell.itemWithCount', { name, count }) : name}
      >
        <Icon size={20} stroke={1.6} />
        {count > 0 && (
          <span className={`${classes.count} okno-numbers`} aria-hidden>
            {count > 99 ? '99+' : count}
          </span>
        )}
      </Link>
    </Tooltip>
  )
}
