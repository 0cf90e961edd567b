import { Anchor, Stack, Text } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ErrorState, formatBytes, givesWay, LoadingState, Notice, Page } from '#platform/web'
import { CheckedImport } from './checked-import.tsx'
import { FileForm } from './file-form.tsx'
import { type ImportCardWire, importQuery } from './import-api.ts'
import { ImportState } from './import-state.tsx'
import { MappingForm } from './mapping-form.tsx'
import { UnderWay } from './under-way.tsx'

/** One import on one page: the file, what its columns fill, what will become of its rows, what became of them. */
export function OneImport({ id }: { id: string }) {
  const { t, i18n } = useTranslation()
  const { data: one, error, refetch } = useQuery(importQuery(id))
  if (givesWay(one, error)) {
    const missing = { title: t('exchange.imports.missing'), to: '/imports', back: t('exchange.imports.all') }
    return <ErrorState error={error} onRetry={() => void refetch()} missing={missing} />
  }
  if (!one) return <LoadingState />
  return (
    <Page
      title={one.fileName}
      text={t('exchange.imports.about', {
        size: formatBytes(one.sizeBytes, i18n.language),
        operator: one.operatorName,
      })}
      actions={<ImportState one={one} />}
      width={1080}
    >
      <Stack gap="xl">
        <Anchor component={Link} to="/imports" fz="sm">
          <IconArrowLeft size={14} style={{ verticalAlign: '-2px' }} aria-hidden /> {t('exchange.imports.all')}
        </Anchor>
        <Steps one={one} />
      </Stack>
    </Page>
  )
}

function Steps({ one }: { one: ImportCardWire }) {
  const { t } = useTranslation()
  return (
    <>
      {one.problem && (
        <Notice role="alert" title={t('exchange.imports.failed')}>
          <Text fz="sm">
            {t([`exchange.problems.${one.problem.code.replace('exchange.', '')}`, 'exchange.problems.other'], {
              ...one.problem.params,
              code: one.problem.code,
            })}
          </Text>
        </Notice>
      )}
      <UnderWay one={one} />
      {(one.expected ?? one.result) && one.state !== 'checking' && <CheckedImport one={one} />}
      {one.can.map && (
        <>
          <FileForm one={one} />
          <MappingForm one={one} />
        </>
      )}
    </>
  )
}
