import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatSpan } from '#platform/web'
import { ownDayQuery } from './inbox-api.ts'

/** What I did today, counted from what I could influence. */
export function OwnDay() {
  const { t, i18n } = useTranslation()
  const { data: day } = useQuery(ownDayQuery)
  if (!day) return null
  const { firstAnswers, firstAnswersWithinHour, firstAnswerMedianSeconds } = day
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' })
  return (
    <>
      <Figure name={t('inbox.day.waiting')}>{day.waiting}</Figure>
      <Figure name={t('inbox.day.answered')}>{day.answered}</Figure>
      <Figure name={t('inbox.day.firstAnswer')} hint={t('inbox.day.firstAnswerHint')}>
        {firstAnswerMedianSeconds === null ? '–' : formatSpan(firstAnswerMedianSeconds * 1000, i18n.language)}
      </Figure>
      <Figure
        name={t('inbox.day.withinHour')}
        hint={t('inbox.day.withinHourHint', { within: firstAnswersWithinHour, of: firstAnswers })}
      >
        {firstAnswers === 0 ? '–' : percent.format(firstAnswersWithinHour / firstAnswers)}
      </Figure>
      <Figure name={t('inbox.day.closed')}>{day.closed}</Figure>
    </>
  )
}

function Figure({ name, hint, children }: { name: string; hint?: string; children: ReactNode }) {
  return (
    <span title={hint}>
      <span style={{ color: 'var(--mantine-color-dimmed)' }}>{name}</span>{' '}
      <strong className="okno-numbers">{children}</strong>
    </span>
  )
}
