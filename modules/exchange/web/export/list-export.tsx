import { ActionIcon, Checkbox, SegmentedControl, Stack, Text, Tooltip } from '@mantine/core'
import { IconFileExport } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '#modules/access/web'
import { exportFormats, type ListOrder } from '#modules/exchange/contract'
import type { ListToolProps } from '#modules/objects/web'
import { Form, SidePanel } from '#platform/web'
import { ExportProgress } from './export-progress.tsx'
import { useOrderList } from './exports-api.ts'

/** The list as it stands on screen, as a file. */
export function ListExport(list: ListToolProps) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  if (!useCan('exchange.export')) return null
  return (
    <>
      <Tooltip label={t('exchange.export.button')}>
        <ActionIcon
          size="input-sm"
          variant="default"
          aria-label={t('exchange.export.button')}
          onClick={() => setOpen(true)}
        >
          <IconFileExport size={16} />
        </ActionIcon>
      </Tooltip>
      <SidePanel title={t('exchange.export.title')} isOpen={isOpen} onClose={() => setOpen(false)}>
        {isOpen && <ExportForm {...list} />}
      </SidePanel>
    </>
  )
}

function ExportForm({ object, fields, q, condition, sort }: ListToolProps) {
  const { t, i18n } = useTranslation()
  const locale = i18n.language === 'en' ? 'en' : 'ru'
  const order = useOrderList()
  const [format, setFormat] = useState<ListOrder['format']>('xlsx')
  const [delimiter, setDelimiter] = useState<ListOrder['delimiter']>(locale === 'ru' ? ';' : ',')
  const [withRestricted, setWithRestricted] = useState(false)
  const formats = exportFormats.filter((one) => one !== 'vcard' || object === 'person')
  const send = () =>
    order.mutate({
      object,
      format,
      fields: [...fields],
      sort,
      delimiter,
      locale,
      withRestricted,
      ...(q ? { q } : {}),
      ...(condition ? { filter: JSON.stringify(condition) } : {}),
    })
  return (
    <Stack gap="lg">
      <Form submit={t('exchange.export.make')} onSubmit={send} isPending={order.isPending} error={order.error}>
        <Text fz="sm" c="dimmed">
          {t('exchange.export.what', { count: fields.length })}
        </Text>
        <SegmentedControl
          aria-label={t('exchange.export.format')}
          fullWidth
          value={format}
          data={formats.map((value) => ({ value, label: t(`exchange.export.formats.${value}`) }))}
          onChange={(value) => setFormat(formats.find((one) => one === value) ?? format)}
        />
        <Text fz="xs" c="dimmed">
          {t(`exchange.export.hints.${format}`)}
        </Text>
        {format === 'csv' && (
          <SegmentedControl
            aria-label={t('exchange.export.delimiter')}
            value={delimiter}
            data={[
              { value: ';', label: t('exchange.export.semicolon') },
              { value: ',', label: t('exchange.export.comma') },
            ]}
            onChange={(value) => setDelimiter(value === ',' ? ',' : ';')}
          />
        )}
        {object === 'person' && (
          <Checkbox
            label={t('exchange.export.withRestricted')}
            description={t('exchange.export.withRestrictedHint')}
            checked={withRestricted}
            onChange={(event) => setWithRestricted(event.currentTarget.checked)}
          />
        )}
      </Form>
      {order.data && <ExportProgress key={order.data.id} id={order.data.id} />}
    </Stack>
  )
}
