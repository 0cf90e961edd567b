import { Button, Group, Stack } from '@mantine/core'
import { IconDeviceDesktop } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, ErrorState, givesWay, LoadingState, Mark, Moment, notify, problemText, Row, Rows } from '#platform/web'
import { deviceName } from './device-name.ts'
import { sessionsQuery } from './settings-api.ts'

/** Where one is signed in, and how to end that elsewhere. */
export function OwnSessions() {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const { data: sessions, error, refetch } = useQuery(sessionsQuery)
  const settled = {
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: sessionsQuery.queryKey })
      void notify(t('access.security.sessionsEnded'))
    },
    onError: (problem: Error) => void notify(problemText(t, problem), 'bad'),
  }
  const end = useMutation({ mutationFn: (id: string) => api.delete(`/me/sessions/${id}`), ...settled })
  const endOthers = useMutation({ mutationFn: () => api.post('/api/auth/revoke-other-sessions'), ...settled })
  if (givesWay(sessions, error)) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!sessions) return <LoadingState />
  return (
    <Stack gap="sm">
      <Rows label={t('access.security.sessions')}>
        {sessions.map(({ id, device, address, createdAt, isCurrent }) => (
          <Row
            key={id}
            icon={<IconDeviceDesktop size={20} stroke={1.6} />}
            title={deviceName(device) ?? t('access.security.unknownDevice')}
            detail={
              <Group gap={6}>
                {address && <span>{address}</span>}
                <span>
                  {t('access.security.signedIn')} <Moment at={createdAt} />
                </span>
              </Group>
            }
            aside={
              isCurrent ? (
                <Mark looks="good">{t('access.security.thisDevice')}</Mark>
              ) : (
                <Button size="compact-sm" variant="subtle" onClick={() => end.mutate(id)}>
                  {t('access.security.endSession')}
                </Button>
              )
            }
          />
        ))}
      </Rows>
      {sessions.length > 1 && (
        <div>
          <Button variant="default" loading={endOthers.isPending} onClick={() => endOthers.mutate()}>
            {t('access.security.endSessions')}
          </Button>
        </div>
      )}
    </Stack>
  )
}
