import { Button, Group } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { AuditEntry } from '#modules/access/contract'
import { EmptyState, Initials, Loaded, Moment, Page, Row, Rows, type Wire } from '#platform/web'
import { auditPages } from './settings-api.ts'

type Entry = Wire<AuditEntry>

/** Who changed or read what, and when. */
export default function AuditSettings() {
  const { t } = useTranslation()
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(auditPages)
  const entries = data?.pages.flatMap(({ items }) => items)
  return (
    <Page title={t('access.audit.title')} text={t('access.audit.text')}>
      <Loaded
        query={{ data: entries, error, refetch }}
        empty={<EmptyState icon={IconHistory} title={t('access.audit.none')} />}
      >
        {(items) => (
          <Rows label={t('access.audit.title')}>
            {items.map((entry) => (
              <AuditRow key={entry.id} entry={entry} />
            ))}
          </Rows>
        )}
      </Loaded>
      {hasNextPage && (
        <Group justify="center" mt="md">
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('common.loadMore')}
          </Button>
        </Group>
      )}
    </Page>
  )
}

function AuditRow({ entry: { at, operator, action, object, details } }: { entry: Entry }) {
  const { t } = useTranslation()
  const who = operator?.name ?? 'Okno'
  const verb = action.split('.').at(-1) ?? action
  const what = t([`access.audit.objects.${object.replaceAll('.', '_')}`, 'access.audit.objects.other'], { object })
  return (
    <Row
      icon={<Initials id={operator?.id ?? ''} name={who} size={28} />}
      title={
        <span style={{ fontWeight: 400 }}>
          <strong style={{ fontWeight: 600 }}>{who}</strong> ·{' '}
          {t([`access.audit.actions.${verb}`, 'access.audit.actions.other'], { action, object: what })}
        </span>
      }
      detail={detailOf(details)}
      aside={<Moment at={at} />}
    />
  )
}

/** Names of fields and their new values, as the server wrote them: the log is read by those who know the words of the API. */
const detailOf = (details: Entry['details']) =>
  Object.entries(details)
    .filter(([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => `${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join(' · ')
    .slice(0, 300)
