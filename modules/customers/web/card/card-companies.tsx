import { ActionIcon, Anchor, Button, Tooltip } from '@mantine/core'
import { IconBuilding, IconPencil, IconStarFilled } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from '../company/company.module.css'
import type { EmploymentWire } from '../company/company-api.ts'
import { EmploymentLine } from '../company/employment-line.tsx'
import { FormerPlaces } from '../company/former-places.tsx'
import card from './card.module.css'
import { CardSection } from './card-section.tsx'
import type { PersonBlockProps } from './person-blocks.ts'

const EmploymentPanel = lazy(() => import('../company/employment-panel.tsx'))

/** Where this person works, as what and with which part in buying; where they worked before stands apart. */
export function CardCompanies({ person: { id: personId, employments, can } }: PersonBlockProps) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState<EmploymentWire | 'new' | null>(null)
  const present = employments.filter(({ isFormer }) => !isFormer)
  const former = employments.filter(({ isFormer }) => isFormer)
  if (employments.length === 0 && !can.edit) return null
  const line = (employment: EmploymentWire) => (
    <div key={employment.id} className={classes.person} data-former={employment.isFormer}>
      <IconBuilding size={15} stroke={1.6} aria-hidden style={{ flex: 'none', marginInlineEnd: 4 }} />
      <div style={{ flex: 1, minWidth: 0 }}>
        <span className={classes.personName}>
          <Anchor
            component={Link}
            to={`/companies/${employment.companyId}`}
            c="inherit"
            fz="sm"
            className="okno-clip"
            title={employment.companyName}
          >
            {employment.companyName}
          </Anchor>
          {employment.isMain && (
            <Tooltip label={t('customers.employment.main')}>
              <IconStarFilled size={13} role="img" aria-label={t('customers.employment.main')} />
            </Tooltip>
          )}
        </span>
        <EmploymentLine employment={employment} />
      </div>
      {can.edit && (
        <ActionIcon
          size="sm"
          aria-label={t('customers.employment.editAt', { name: employment.companyName })}
          onClick={() => setOpened(employment)}
        >
          <IconPencil size={14} />
        </ActionIcon>
      )}
    </div>
  )
  return (
    <CardSection
      title={t('customers.companies')}
      action={
        can.edit && (
          <Button size="compact-xs" variant="subtle" onClick={() => setOpened('new')}>
            {t('customers.employment.addCompany')}
          </Button>
        )
      }
    >
      {employments.length === 0 && <span className={card.blank}>{t('common.none')}</span>}
      {present.map(line)}
      <FormerPlaces words={t('customers.employment.formerPlaces', { count: former.length })} count={former.length}>
        {former.map(line)}
      </FormerPlaces>
      {opened && (
        <Suspense>
          <EmploymentPanel
            place={opened === 'new' ? { personId } : { employment: opened }}
            onClose={() => setOpened(null)}
          />
        </Suspense>
      )}
    </CardSection>
  )
}
