import { Group, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import classes from './place-tabs.module.css'

/** A way to one of several pages of one place; underlined where one stands. */
export function PlaceTab({ to, isHere, children }: { to: string; isHere: boolean; children: ReactNode }) {
  return (
    <Link to={to} className={classes.tab ?? ''} aria-current={isHere ? 'page' : undefined}>
      {children}
    </Link>
  )
}

/** Names of the pages of a place, in the place of its heading: this one's and the ways to the others. */
export function PlaceTabs({
  label,
  places,
}: {
  label: string
  places: readonly { to: string; name: string; isHere: boolean }[]
}) {
  return (
    <Group gap="lg" component="nav" aria-label={label}>
      {places.map(({ to, name, isHere }) => (
        <Title key={to} order={isHere ? 1 : 2} fz="lg">
          <PlaceTab to={to} isHere={isHere}>
            {name}
          </PlaceTab>
        </Title>
      ))}
    </Group>
  )
}
