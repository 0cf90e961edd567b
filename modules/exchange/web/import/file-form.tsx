import { Checkbox, Group, Select, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { encodings } from '#modules/exchange/contract'
import { Section } from '#platform/web'
import { type ImportCardWire, useChangeImport } from './import-api.ts'

const DELIMITERS = [';', ',', '\t', '|']

/** How the file was read, to be put right where the guess was wrong. */
export function FileForm({ one }: { one: ImportCardWire }) {
  const { t } = useTranslation()
  const change = useChangeImport(one.id)
  const { reading } = one
  const { format, delimiter } = reading
  const delimiters = DELIMITERS.includes(delimiter) ? DELIMITERS : [delimiter, ...DELIMITERS]
  const read = (part: Partial<Pick<typeof reading, 'encoding' | 'delimiter' | 'hasHeader' | 'sheet'>>) =>
    change.mutate({ reading: part })
  return (
    <Section title={t('exchange.imports.reading.title')} text={t(`exchange.imports.reading.${format}`)}>
      {one.preset && (
        <Text fz="sm">
          {t('exchange.imports.reading.preset', { product: t(`exchange.imports.products.${one.preset}`) })}
        </Text>
      )}
      <Group gap="sm" align="end">
        {format === 'csv' && (
          <>
            <Select
              label={t('exchange.imports.reading.encoding')}
              w={180}
              allowDeselect={false}
              disabled={change.isPending}
              value={reading.encoding}
              data={encodings.map((value) => ({ value, label: value }))}
              onChange={(value) => {
                const encoding = encodings.find((known) => known === value)
                if (encoding) read({ encoding })
              }}
            />
            <Select
              label={t('exchange.imports.reading.delimiter')}
              w={180}
              allowDeselect={false}
              disabled={change.isPending}
              value={delimiter}
              data={delimiters.map((value) => ({
                value,
                label: value === '\t' ? t('exchange.imports.reading.tab') : value,
              }))}
              onChange={(value) => value && read({ delimiter: value })}
            />
          </>
        )}
        {format === 'xlsx' && reading.sheets.length > 1 && (
          <Select
            label={t('exchange.imports.reading.sheet')}
            allowDeselect={false}
            disabled={change.isPending}
            value={reading.sheet}
            data={[...new Set(reading.sheets)]}
            onChange={(sheet) => sheet && read({ sheet })}
          />
        )}
        {(format === 'csv' || format === 'xlsx') && (
          <Checkbox
            mb={8}
            label={t('exchange.imports.reading.header')}
            checked={reading.hasHeader}
            disabled={change.isPending}
            onChange={(event) => read({ hasHeader: event.currentTarget.checked })}
          />
        )}
      </Group>
    </Section>
  )
}
