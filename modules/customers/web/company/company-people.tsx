import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconPencil, IconStarFilled } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Initials } from '#platform/web'
import { CardSection } from '../card/card-section.tsx'
import classes from './company.module.css'
import type { EmploymentWire } from './company-api.ts'
import type { CompanyBlockProps } from './company-blocks.ts'
import { EmploymentLine } from './employment-line.tsx'
import { FormerPlaces } from './former-places.tsx'

/** So many are shown at first: those to turn to stand at the top, and the card has more to say than who works there. */
const FIRST = 8

const EmploymentPanel = lazy(() => import('./employment-panel.tsx'))

/** All its people, the first to turn to at the top: who decides, who signs; those who left stand apart. */
export function CompanyPeople({ company: { id, name, people, can } }: CompanyBlockProps) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState<EmploymentWire | 'new' | null>(null)
  const [areAllShown, showAll] = useState(false)
  const present = people.filter(({ isFormer }) => !isFormer).toSorted((a, b) => rank(a) - rank(b))
  const former = people.filter(({ isFormer }) => isFormer)
  const shown = areAllShown || present.length <= FIRST + 2 ? present : present.slice(0, FIRST)
  const line = (employment: EmploymentWire) => (
    <li key={employment.id} className={classes.person} data-former={employment.isFormer}>
      <Link to={`/people/${employment.personId}`} className={classes.personLink ?? ''}>
        <Initials id={employment.personId} name={employment.personName} size={30} />
        <span style={{ minWidth: 0 }}>
          <span className={classes.personName}>
            <span className="okno-clip">{employment.personName}</span>
            {employment.isMain && (
              <Tooltip label={t('customers.employment.main')}>
                <IconStarFilled size={13} role="img" aria-label={t('customers.employment.main')} />
              </Tooltip>
            )}
          </span>
          <EmploymentLine employment={employment} />
        </span>
      </Link>
      {can.edit && (
        <ActionIcon
          aria-label={t('customers.employment.editOf', { name: employment.personName })}
          onClick={() => setOpened(employment)}
        >
          <IconPencil size={15} />
        </ActionIcon>
      )}
    </li>
  )
  return (
    <CardSection
      title={t('customers.people')}
      action={
        can.edit && (
          <Button size="compact-xs" variant="subtle" onClick={() => setOpened('new')}>
            {t('customers.employment.addPerson')}
          </Button>
        )
      }
    >
      {present.length === 0 && <span className={classes.quiet}>{t('customers.company.nobody')}</span>}
      <ul className={classes.people}>{shown.map(line)}</ul>
      {shown.length < present.length && (
        <Button size="compact-xs" variant="subtle" onClick={() => showAll(true)}>
          {t('customers.company.allPeople', { count: present.length - shown.length })}
        </Button>
      )}
      <FormerPlaces words={t('customers.employment.former', { count: former.length })} count={former.length}>
        <ul className={classes.people}>{former.map(line)}</ul>
      </FormerPlaces>
      {opened && (
        <Suspense>
          <EmploymentPanel
            place={{ companyId: id, companyName: name, ...(opened === 'new' ? {} : { employment: opened }) }}
            onClose={() => setOpened(null)}
          />
        </Suspense>
      )}
    </CardSection>
  )
}

/** The main contact, then those with a part in buying; within each by name, as they come. */
const rank = ({ isMain, roles }: EmploymentWire): number => (isMain ? 0 : roles.length > 0 ? 1 : 2)
