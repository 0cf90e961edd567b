import { Button } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { objectsQuery, useLanguage } from '#modules/objects/web'
import { EmptyState, ErrorState, givesWay, LoadingState, Moment, Page, Row, Rows, Section } from '#platform/web'
import { importsQuery } from './import-api.ts'
import { ImportState } from './import-state.tsx'
import { UploadFile } from './upload-file.tsx'

/** A place for a new file, and every list that was taken in before. */
export function ImportList() {
  const { t } = useTranslation()
  return (
    <Page title={t('exchange.imports.title')} text={t('exchange.imports.text')}>
      <UploadFile />
      <History />
    </Page>
  )
}

function History() {
  const { t } = useTranslation()
  const language = useLanguage()
  const navigate = useNavigate()
  const { data: objects = [] } = useQuery(objectsQuery)
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(importsQuery)
  if (givesWay(data, error)) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <LoadingState />
  const imports = data.pages.flatMap(({ items }) => items)
  if (imports.length === 0)
    return <EmptyState icon={IconFileImport} title={t('exchange.imports.none')} text={t('exchange.imports.noneText')} />
  return (
    <Section title={t('exchange.imports.history')}>
      <Rows label={t('exchange.imports.history')}>
        {imports.map((one) => (
          <Row
            key={one.id}
            title={one.fileName}
            detail={t('exchange.imports.detail', {
              object: objects.find(({ key }) => key === one.object)?.label.many[language] ?? one.object,
              operator: one.operatorName,
            })}
            aside={
              <>
                <ImportState one={one} />
                <Moment at={one.createdAt} />
              </>
            }
            onOpen={() => void navigate({ to: `/imports/${one.id}` })}
          />
        ))}
      </Rows>
      {hasNextPage && (
        <Button variant="subtle" size="xs" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('common.loadMore')}
        </Button>
      )}
    </Section>
  )
}
