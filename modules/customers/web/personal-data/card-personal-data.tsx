import { Button, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '#modules/access/web'
import { ConfirmButton, Moment, Notice, useSlot } from '#platform/web'
import { CardSection } from '../card/card-section.tsx'
import type { CardWire } from '../customers-api.ts'
import { ErasePanel } from './erase-panel.tsx'
import { standingQuery, useRestrict } from './personal-data-api.ts'

/** How far this person's data may be used, for everybody; what can be done about it, for those who answer for it. */
export function CardPersonalData({ person }: { person: CardWire }) {
  const { t } = useTranslation()
  const { permissions } = useMe()
  const { data: standing } = useQuery(standingQuery(person.id))
  const restrict = useRestrict(person.id)
  const tools = useSlot('personalDataTools')
  const [isErasing, setErasing] = useState(false)
  const mayManage = permissions.includes('customers.personal_data')
  if (!standing) return null
  const { restrictedAt, restrictedReason, erasedAt } = standing
  if (!mayManage && !restrictedAt && !erasedAt) return null
  return (
    <CardSection title={t('customers.personalData.title')}>
      <Stack gap="xs">
        {erasedAt && (
          <Text fz="sm">
            {t('customers.personalData.erased')} <Moment at={erasedAt} />
          </Text>
        )}
        {restrictedAt && (
          <Notice role="status" title={t('customers.personalData.restricted')}>
            {t('customers.personalData.restrictedText')}
            {restrictedReason ? ` ${t('customers.personalData.reasonLine', { reason: restrictedReason })}` : ''}{' '}
            <Moment at={restrictedAt} />
          </Notice>
        )}
        {mayManage && !erasedAt && (
          <Group gap="xs">
            {tools.map(({ id, component: Tool }) => (
              <Tool key={id} personId={person.id} />
            ))}
            {restrictedAt ? (
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
            <Button
              size="xs"
              variant="subtle"
              color="red"
              c="var(--mantine-color-error)"
              onClick={() => setErasing(true)}
            >
              {t('customers.personalData.erase')}
            </Button>
          </Group>
        )}
      </Stack>
      <ErasePanel person={person} isOpen={isErasing} onClose={() => setErasing(false)} />
    </CardSection>
  )
}
