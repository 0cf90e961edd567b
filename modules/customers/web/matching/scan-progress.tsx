import { Button, Progress, Stack, Text } from '@mantine/core'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { formatSpan, Moment, Section, useNow } from '#platform/web'
import { type MatchingWire, useScan } from './matching-api.ts'

type Scan = NonNullable<MatchingWire['scan']>

/** Compares all cards with each other: begun and stopped here, with how far it is and how long it will take. */
export function ScanProgress({ scan, learnedFrom }: { scan: Scan | null; learnedFrom: number }) {
  const { t, i18n } = useTranslation()
  const change = useScan()
  const left = useTimeLeft(scan)
  const isRunning = scan?.state === 'running'
  const words = scan && t(`customers.matching.phases.${scan.phase}`, { cards: scan.cards, pairs: scan.pairs })
  return (
    <Section title={t('customers.matching.scan')} text={t('customers.matching.scanText')}>
      <Stack gap="sm" align="start">
        {scan && isRunning && (
          <Stack gap={4} w="100%" maw={560}>
            <Progress
              value={scan.phase === 'compare' ? scan.progress * 100 : 100}
              animated={scan.phase !== 'compare'}
              striped={scan.phase !== 'compare'}
              aria-label={t('customers.matching.scan')}
            />
            <Text fz="sm" c="dimmed" aria-live="polite">
              {[
                words,
                scan.phase === 'compare' && left !== null
                  ? t('customers.matching.left', { left: formatSpan(left, i18n.language) })
                  : null,
              ]
                .filter(Boolean)
                .join(' · ')}
            </Text>
          </Stack>
        )}
        {scan && !isRunning && (
          <Text fz="sm" c="dimmed">
            {t(`customers.matching.${scan.state === 'done' ? 'done' : 'stopped'}`, {
              pairs: scan.pairs,
              found: scan.found,
            })}{' '}
            {scan.endedAt && <Moment at={scan.endedAt} />}
          </Text>
        )}
        <Text fz="sm" c="dimmed">
          {learnedFrom > 0 ? t('customers.matching.learned', { cards: learnedFrom }) : t('customers.matching.assumed')}
        </Text>
        <Button
          variant={isRunning ? 'default' : 'filled'}
          loading={change.isPending}
          onClick={() => change.mutate(isRunning ? 'stop' : 'start')}
        >
          {t(`customers.matching.${isRunning ? 'stop' : 'start'}`)}
        </Button>
      </Stack>
    </Section>
  )
}

/** Milliseconds left of the comparison, by how fast it went since it was first looked at; null until that can be told. */
function useTimeLeft(scan: Scan | null): number | null {
  const now = useNow()
  const first = useRef<{ key: string; at: number; progress: number } | null>(null)
  if (scan?.state !== 'running' || scan.phase !== 'compare') return null
  if (first.current?.key !== scan.startedAt) first.current = { key: scan.startedAt, at: now, progress: scan.progress }
  const { at, progress } = first.current
  const done = scan.progress - progress
  return done > 0 && now > at ? ((now - at) / done) * (1 - scan.progress) : null
}
