import { Group, SegmentedControl, Select, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type LaidOutObject, type LayoutReader, laidOutObjects, layoutReaders } from '#modules/customers/contract'
import { ErrorState, givesWay, LoadingState, Page } from '#platform/web'
import { LayoutEditor } from './layout-editor.tsx'
import { layoutsQuery } from './layouts-api.ts'

/** Which blocks the cards of people and companies have, for each role, and in which order. */
export default function LayoutsSettings() {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(layoutsQuery)
  const [object, setObject] = useState<LaidOutObject>('person')
  const [reader, setReader] = useState<LayoutReader>('everybody')
  if (givesWay(data, error)) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <LoadingState />
  return (
    <Page title={t('customers.layouts.title')} text={t('customers.layouts.text')} width={1080}>
      <Stack gap="lg">
        <Group gap="md" align="end">
          <SegmentedControl
            aria-label={t('customers.layouts.which')}
            value={object}
            onChange={setObject}
            data={laidOutObjects.map((one) => ({ value: one, label: t(`customers.layouts.objects.${one}`) }))}
          />
          <Select
            label={t('customers.layouts.for')}
            allowDeselect={false}
            value={reader}
            data={layoutReaders.map((one) => ({ value: one, label: t(`customers.layouts.readers.${one}`) }))}
            onChange={(next) => setReader(layoutReaders.find((one) => one === next) ?? reader)}
          />
        </Group>
        <LayoutEditor key={`${object} ${reader}`} object={object} reader={reader} layouts={data.items} />
      </Stack>
    </Page>
  )
}
