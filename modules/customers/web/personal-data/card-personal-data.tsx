import { Button, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '#modules/access/web'
import { ConfirmButton, useSlot } from '#platform/web'
import { CardSection } from '../card/card-section.tsx'
import { isMissing, MissingSection } from '../card/missing-section.tsx'
import type { CardWire } from '../customers-api.ts'
import { ErasePanel } from './erase-panel.tsx'
import { standingQuery, useRestrict } from './personal-data-api.ts'

/** What can be done with all that is kept about this person, for those who answer for it. */
export function CardPersonalData({ person }: { person: CardWire }) {
  const { t } = useTranslation()
  const mayManage = useCan('customers.personal_data')
  const reading = useQuery(standingQuery(person.id))
  const { data: standing } = reading
  const restrict = useRestrict(person.id)
  const tools = useSlot('personalDataTools')
  const [isErasing, setErasing] = useState(false)
  if (mayManage && isMissing(reading))
    return <MissingSection title={t('customers.personalData.title')} reading={reading} />
  if (!mayManage || !standing || standing.erasedAt) return null
  return (
    <CardSection title={t('customers.personalData.title')}>
      <Group gap="xs">
        {tools.map(({ id, component: Tool }) => (
          <Tool key={id} personId={person.id} />
        ))}
        {standing.restrictedAt ? (
          <Button size="xs" variant="default" loading={restrict.isPending} onClick={() => restrict.mutate(null)}>
            {t('customers.personalData.release')}
          </Button>
        ) : (
          <ConfirmButton
            question={t('customers.personalData.restrictQuestion')}
            confirm={t('customers.personalData.restrict')}
            isPending={restrict.isPending}
            onConfirm={() => restrict.mutate('')}
          >
            {t('customers.personalData.restrict')}
          </ConfirmButton>
        )}
        <Button size="xs" variant="subtle" color="red" c="var(--mantine-color-error)" onClick={() => setErasing(true)}>
          {t('customers.personalData.erase')}
        </Button>
      </Group>
      <ErasePanel person={person} isOpen={isErasing} onClose={() => setErasing(false)} />
    </CardSection>
  )
}
