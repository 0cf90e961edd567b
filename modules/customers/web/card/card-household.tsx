import { ActionIcon, Button } from '@mantine/core'
import { IconHome, IconPencil } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { householdQuery, type MemberWire } from '../household/household-api.ts'
import card from './card.module.css'
import { CardSection } from './card-section.tsx'
import { LinkedName } from './linked-name.tsx'
import { isMissing, MissingSection } from './missing-section.tsx'
import type { PersonBlockProps } from './person-blocks.ts'

const HouseholdPanel = lazy(() => import('../household/household-panel.tsx'))

/** Who lives or buys with this person, and the addresses that several of them use. */
export function CardHousehold({ person: { id, can } }: PersonBlockProps) {
  const { t } = useTranslation()
  const reading = useQuery(householdQuery(id))
  const { data } = reading
  const [opened, setOpened] = useState<MemberWire | 'new' | null>(null)
  if (isMissing(reading)) return <MissingSection title={t('customers.household.title')} reading={reading} />
  const members = data?.members ?? []
  const others = members.filter(({ personId }) => personId !== id)
  if (!data || (others.length === 0 && !can.edit)) return null
  return (
    <CardSection
      title={t('customers.household.title')}
      action={
        can.edit && (
          <Button size="compact-xs" variant="subtle" onClick={() => setOpened('new')}>
            {t('customers.household.add')}
          </Button>
        )
      }
    >
      {others.length === 0 && <span className={card.blank}>{t('customers.household.none')}</span>}
      {others.map((member) => (
        <div key={member.personId} className={card.identity}>
          <IconHome size={15} stroke={1.6} aria-hidden />
          <LinkedName personId={member.personId} name={member.name} facts={member.part} />
          {can.edit && (
            <ActionIcon
              size="sm"
              aria-label={t('customers.household.editOf', { name: member.name })}
              onClick={() => setOpened(member)}
            >
              <IconPencil size={14} />
            </ActionIcon>
          )}
        </div>
      ))}
      {data.shared.length > 0 && (
        <span className={card.proof}>
          {t('customers.household.shared', { values: data.shared.map(({ value }) => value).join(', ') })}
        </span>
      )}
      {opened && (
        <Suspense>
          <HouseholdPanel
            personId={id}
            {...(opened === 'new' ? {} : { member: opened })}
            onClose={() => setOpened(null)}
          />
        </Suspense>
      )}
    </CardSection>
  )
}
