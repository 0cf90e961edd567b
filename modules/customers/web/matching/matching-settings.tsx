import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ErrorState, givesWay, LoadingState, Page } from '#platform/web'
import { matchingQuery } from '../identity/identity-api.ts'
import { RuleStandings } from '../identity/rule-standings.tsx'
import { ScanProgress } from './scan-progress.tsx'
import { Thresholds } from './thresholds.tsx'

/** While a scan runs its progress is asked for so often. */
const LOOK_MS = 2000

/** How sure Okno must be to join two cards by itself or to ask; the comparison of all cards; how right each sign was. */
export default function MatchingSettings() {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery({
    ...matchingQuery,
    refetchInterval: ({ state }) => (state.data?.scan?.state === 'running' ? LOOK_MS : false),
  })
  if (givesWay(data, error)) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <LoadingState />
  return (
    <Page title={t('customers.matching.title')} text={t('customers.matching.text')}>
      <Stack gap="xl">
        <Thresholds matching={data} />
        <ScanProgress scan={data.scan} learnedFrom={data.learnedFrom} />
        <RuleStandings />
      </Stack>
    </Page>
  )
}
