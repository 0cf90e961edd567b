import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Moment, Notice } from '#platform/web'
import type { CardWire } from '../customers-api.ts'
import { standingQuery } from './personal-data-api.ts'

/** At the top of the card, for everybody: that this person's data may only be read, or is gone. Nothing for most. */
export function CardStanding({ person }: { person: CardWire }) {
  const { t } = useTranslation()
  const { data: standing } = useQuery(standingQuery(person.id))
  if (standing?.erasedAt)
    return (
      <Notice role="status">
        <Text fz="sm">
          {t('customers.personalData.erased')} <Moment at={standing.erasedAt} />
        </Text>
      </Notice>
    )
  if (!standing?.restrictedAt) return null
  const { restrictedAt, restrictedReason } = standing
  return (
    <Notice role="status" title={t('customers.personalData.restricted')}>
      <Text fz="sm">
        {t('customers.personalData.restrictedText')}
        {restrictedReason ? ` ${t('customers.personalData.reasonLine', { reason: restrictedReason })}` : ''}{' '}
        <Moment at={restrictedAt} />
      </Text>
    </Notice>
  )
}
