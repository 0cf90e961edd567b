import { Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCircleMinus, IconCircleX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { HealthPart } from '#platform/shared/health'
import { ErrorState, formatClock, LoadingState, Notice, Page, Row, Rows } from '#platform/web'
import classes from './health-settings.module.css'
import { saysOf, titleOf } from './health-words.ts'
import { healthQuery } from './settings-api.ts'

const ICONS = { ok: IconCircleCheck, warning: IconAlertTriangle, failing: IconCircleX, off: IconCircleMinus }
const WORST_FIRST = ['failing', 'warning', 'ok', 'off']

/** How every part is; what fails stands first and says what to do. */
export default function HealthSettings() {
  const { t, i18n } = useTranslation()
  const { data: report, error, refetch } = useQuery(healthQuery)
  return (
    <Page title={t('access.health.title')} text={t('access.health.text')}>
      {error && !report ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : report ? (
        <Stack gap="md">
          <Summary parts={report.parts} />
          <Rows label={t('access.health.title')}>
            {report.parts
              .toSorted((a, b) => WORST_FIRST.indexOf(a.state) - WORST_FIRST.indexOf(b.state))
              .map((part) => (
                <PartRow key={`${part.part} ${part.name}`} part={part} />
              ))}
          </Rows>
          <Text c="dimmed" fz="xs">
            {t('access.health.version', {
              version: report.version,
              at: formatClock(new Date(report.at), i18n.language),
            })}
          </Text>
        </Stack>
      ) : (
        <LoadingState />
      )}
    </Page>
  )
}

function Summary({ parts }: { parts: readonly HealthPart[] }) {
  const { t } = useTranslation()
  const count = parts.filter(({ state }) => state === 'failing' || state === 'warning').length
  return count === 0 ? (
    <Text role="status" fw={600} className={classes.fine ?? ''}>
      {t('access.health.fine')}
    </Text>
  ) : (
    <Notice role="status" title={t('access.health.needs', { count })} />
  )
}

function PartRow({ part }: { part: HealthPart }) {
  const { t, i18n } = useTranslation()
  const Icon = ICONS[part.state]
  const title = titleOf(t, part)
  return (
    <Row
      icon={<Icon size={20} className={classes.icon ?? ''} data-state={part.state} aria-hidden />}
      title={part.name ? `${part.name} · ${title}` : title}
      detail={<span className={classes.says}>{saysOf(t, part, i18n.language)}</span>}
      aside={<span className={classes.state}>{t(`access.health.states.${part.state}`)}</span>}
    />
  )
}
