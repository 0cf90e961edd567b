import { Button, Code, Group, Stack, TextInput } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApiKey } from '#modules/access/contract'
import {
  api,
  ConfirmButton,
  CopyField,
  EmptyState,
  ErrorState,
  givesWay,
  LoadingState,
  Mark,
  Moment,
  Notice,
  notify,
  Page,
  problemText,
  Row,
  Rows,
  type Wire,
} from '#platform/web'
import { keysQuery } from './settings-api.ts'

/** Keys by which programs act for me. Each is shown once. */
export default function KeysSettings() {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const [name, setName] = useState('')
  const again = () => cache.invalidateQueries({ queryKey: keysQuery.queryKey })
  const make = useMutation({
    mutationFn: () => api.post<Wire<ApiKey> & { key: string }>('/keys', { name }),
    onSuccess: () => {
      setName('')
      void again()
    },
  })
  return (
    <Page title={t('access.keys.title')} text={t('access.keys.text')}>
      <Stack gap="lg">
        <form
          onSubmit={(event) => {
            event.preventDefault()
            make.mutate()
          }}
        >
          <Group align="end" gap="sm">
            <TextInput
              label={t('access.keys.name')}
              placeholder={t('access.keys.namePlaceholder')}
              maxLength={32}
              flex="1 1 220px"
              value={name}
              error={make.error ? problemText(t, make.error) : undefined}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Button type="submit" loading={make.isPending} disabled={name.trim() === ''}>
              {t('access.keys.make')}
            </Button>
          </Group>
        </form>
        {make.data && (
          <Notice role="status" title={t('access.keys.once')}>
            <CopyField label={make.data.name} value={make.data.key} />
          </Notice>
        )}
        <Keys onRevoked={() => void again()} />
      </Stack>
    </Page>
  )
}

function Keys({ onRevoked }: { onRevoked: () => void }) {
  const { t } = useTranslation()
  const { data: keys, error, refetch } = useQuery(keysQuery)
  const revoke = useMutation({
    mutationFn: (id: string) => api.delete(`/keys/${id}`),
    onSuccess: onRevoked,
    onError: (problem) => void notify(problemText(t, problem), 'bad'),
  })
  if (givesWay(keys, error)) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!keys) return <LoadingState />
  if (keys.length === 0) return <EmptyState icon={IconKey} title={t('access.keys.none')} />
  return (
    <Rows label={t('access.keys.title')}>
      {keys.map(({ id, name, start, createdAt, lastUsedAt, isFixed, tools }) => (
        <Row
          key={id}
          icon={<IconKey size={20} stroke={1.6} />}
          title={name}
          detail={
            <Group gap={6}>
              <Code>{start}…</Code>
              <span>
                {t('access.keys.created')} <Moment at={createdAt} />
              </span>
              <span>
                {lastUsedAt ? (
                  <>
                    {t('access.keys.used')} <Moment at={lastUsedAt} />
                  </>
                ) : (
                  t('access.keys.neverUsed')
                )}
              </span>
              {tools && <span>{t('access.keys.forTools', { tools: tools.join(', ') })}</span>}
            </Group>
          }
          aside={
            isFixed ? (
              <Mark title={t('access.keys.fixedHint')}>{t('access.keys.fixed')}</Mark>
            ) : (
              <ConfirmButton
                question={t('access.keys.revokeQuestion', { name })}
                confirm={t('access.keys.revoke')}
                onConfirm={() => revoke.mutate(id)}
              >
                {t('access.keys.revoke')}
              </ConfirmButton>
            )
          }
        />
      ))}
    </Rows>
  )
}
