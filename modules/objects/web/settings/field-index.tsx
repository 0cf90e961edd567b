import { Button, Group, Loader, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { FieldIndexes } from '#modules/objects/contract'
import type { Field } from '#platform/shared/objects/object'
import { api, Moment, notify, problemText, Section, type Wire } from '#platform/web'
import { indexesQuery } from '../objects-api.ts'

/** The index of a field that is often looked for or sorted by: asked for, being built, ready, failed. */
export function FieldIndex({ object, field: { key } }: { object: string; field: Field }) {
  const { t } = useTranslation()
  const { data } = useQuery(indexesQuery(object))
  const put = useIndex(object, () => api.put<Wire<FieldIndexes>>(`/objects/${object}/fields/${key}/index`, undefined))
  const remove = useIndex(object, () => api.delete(`/objects/${object}/fields/${key}/index`, undefined))
  const index = data?.items.find(({ field }) => field === key)
  if (!data || (!index && !data.possible.includes(key))) return null
  const { used, most } = data
  return (
    <Section title={t('objects.index.title')} text={t('objects.index.text', { used, most })}>
      <div role="status">
        {index?.state === 'building' && (
          <Group gap="xs">
            <Loader size={14} aria-hidden />
            <Text fz="sm">{t('objects.index.building')}</Text>
          </Group>
        )}
        {index?.state === 'ready' && (
          <Text fz="sm">
            {t('objects.index.ready')} {index.endedAt && <Moment at={index.endedAt} />}
          </Text>
        )}
        {index?.state === 'failed' && (
          <Text fz="sm" c="var(--mantine-color-error)">
            {t('objects.index.failed', { problem: index.problem, interpolation: { escapeValue: false } })}
          </Text>
        )}
      </div>
      <Group gap="xs">
        {(!index || index.state === 'failed') && (
          <Button
            size="xs"
            variant="default"
            loading={put.isPending}
            disabled={!index && used >= most}
            onClick={() => put.mutate()}
          >
            {t(index ? 'objects.index.again' : 'objects.index.ask')}
          </Button>
        )}
        {index && (
          <Button size="xs" variant="default" loading={remove.isPending} onClick={() => remove.mutate()}>
            {t('objects.index.remove')}
          </Button>
        )}
      </Group>
    </Section>
  )
}

function useIndex(object: string, ask: () => Promise<unknown>) {
  const cache = useQueryClient()
  const { t } = useTranslation()
  return useMutation({
    mutationFn: ask,
    onSettled: () => cache.invalidateQueries({ queryKey: indexesQuery(object).queryKey }),
    onError: (error) => void notify(problemText(t, error), 'bad'),
  })
}
