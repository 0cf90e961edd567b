import { Button, Group, Select, Stack } from '@mantine/core'
import { IconDownload, IconInbox, IconReload } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api, EmptyState, formatBytes, Loaded, Mark, Moment, notify, Page, problemText, Row, Rows } from '#platform/web'
import { KindIcon } from '../channel-kind.tsx'
import { type ArrivalState, type ArrivalWire, arrivalPages, channelsKeys } from '../channels-api.ts'

const STATES = ['new', 'read', 'unreadable'] as const
const isState = (value: unknown): value is ArrivalState => STATES.some((state) => state === value)
const LOOKS = { new: 'soon', read: 'good', unreadable: 'bad' } as const

/** Everything that came in as it came; what could not be read says why, and can be read again after a mend. */
export default function ArrivalsSettings() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const search = useSearch({ strict: false }) as { state?: unknown }
  const state = isState(search.state) ? search.state : null
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(arrivalPages(state))
  const arrivals = data?.pages.flatMap(({ items }) => items)
  return (
    <Page title={t('channels.arrivals.title')} text={t('channels.arrivals.text')}>
      <Stack gap="md">
        <Select
          w={220}
          aria-label={t('channels.arrivals.state')}
          allowDeselect={false}
          value={state ?? 'all'}
          onChange={(value) =>
            // The router does not know modules' search fields by type; this page is their only reader and writer.
            void navigate({ to: '.', search: (value === 'all' ? {} : { state: value }) as never, replace: true })
          }
          data={[
            { value: 'all', label: t('channels.arrivals.all') },
            ...STATES.map((value) => ({ value, label: t(`channels.arrivals.states.${value}`) })),
          ]}
        />
        <Loaded
          query={{ data: arrivals, error, refetch }}
          empty={
            <EmptyState
              icon={IconInbox}
              title={t(state === 'unreadable' ? 'channels.arrivals.noneUnreadable' : 'channels.arrivals.none')}
            />
          }
        >
          {(items) => (
            <Rows label={t('channels.arrivals.title')}>
              {items.map((arrival) => (
                <ArrivalRow key={arrival.id} arrival={arrival} />
              ))}
            </Rows>
          )}
        </Loaded>
        {hasNextPage && (
          <Group justify="center">
            <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {t('common.loadMore')}
            </Button>
          </Group>
        )}
      </Stack>
    </Page>
  )
}

function ArrivalRow({
  arrival: { id, kind, accountName, key, state, reason, receivedAt, sizeBytes, attempts },
}: {
  arrival: ArrivalWire
}) {
  const { t, i18n } = useTranslation()
  const cache = useQueryClient()
  const replay = useMutation({
    mutationFn: () => api.post(`/arrivals/${id}/replay`),
    onSuccess: () => {
      void notify(t('channels.arrivals.replayed'))
      void cache.invalidateQueries({ queryKey: channelsKeys.arrivals })
    },
    onError: (problem) => void notify(problemText(t, problem), 'bad'),
  })
  return (
    <Row
      icon={<KindIcon kind={kind} />}
      title={accountName}
      detail={
        <>
          <Moment at={receivedAt} /> · {formatBytes(sizeBytes, i18n.language)} ·{' '}
          <span title={key}>{key.length > 32 ? `${key.slice(0, 32)}…` : key}</span>
          {reason && (
            <div style={{ color: 'var(--mantine-color-error)' }}>
              {t('channels.arrivals.reason', { reason, count: attempts })}
            </div>
          )}
        </>
      }
      aside={
        <>
          <Mark looks={LOOKS[state]}>{t(`channels.arrivals.is.${state}`)}</Mark>
          <Button
            component="a"
            href={`/api/v1/arrivals/${id}/raw`}
            download
            size="compact-xs"
            variant="subtle"
            leftSection={<IconDownload size={14} />}
          >
            {t('channels.arrivals.download')}
          </Button>
          <Button
            size="compact-xs"
            variant="subtle"
            loading={replay.isPending}
            leftSection={<IconReload size={14} />}
            onClick={() => replay.mutate()}
          >
            {t('channels.arrivals.replay')}
          </Button>
        </>
      }
    />
  )
}
