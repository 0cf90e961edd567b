import { Button, Checkbox, Group, Select, Stack, Table, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dateOrders } from '#modules/exchange/contract'
import { useLanguage } from '#modules/objects/web'
import { Section } from '#platform/web'
import classes from './import.module.css'
import { type ImportCardWire, useChangeImport, useMoveImport } from './import-api.ts'
import { NewField } from './new-field.tsx'
import { UnknownOperators } from './unknown-operators.tsx'

const NONE = ' none'
const NEW = ' new'
type Column = ImportCardWire['columns'][number]

/** Each column with examples and the field that it fills, by what rows are known, and the button that checks. */
export function MappingForm({ one }: { one: ImportCardWire }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const change = useChangeImport(one.id)
  const move = useMoveImport(one.id)
  const [fieldFor, setFieldFor] = useState<number | null>(null)
  const isBusy = change.isPending || move.isPending
  const mapped = new Set(one.columns.flatMap(({ target }) => target ?? []))
  const keys = one.targets.filter(({ key, isKey }) => isKey && mapped.has(key))
  const fill = (at: number, part: Partial<Pick<Column, 'target' | 'dates'>>) =>
    change.mutate({
      mapping: one.columns.map(({ target, dates }, i) => (i === at ? { target, dates, ...part } : { target, dates })),
    })
  const options = (own: string | null) => [
    { value: NONE, label: t('exchange.imports.mapping.leave') },
    ...(one.can.addFields ? [{ value: NEW, label: t('exchange.imports.newField.choose') }] : []),
    ...one.targets
      .filter(({ key, isMany }) => isMany || key === own || !mapped.has(key))
      .map(({ key, label }) => ({ value: key, label: label[language] })),
  ]
  const choose = (at: number, key: string) =>
    key === NEW ? setFieldFor(at) : fill(at, { target: key === NONE ? null : key })
  return (
    <>
      <Section title={t('exchange.imports.mapping.title')} text={t('exchange.imports.mapping.text')}>
        <div className={classes.scroll}>
          <Table className={classes.mapping ?? ''} verticalSpacing="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('exchange.imports.mapping.column')}</Table.Th>
                <Table.Th>{t('exchange.imports.mapping.field')}</Table.Th>
                <Table.Th>{t('exchange.imports.mapping.examples')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {one.columns.map((column, i) => {
                const target = one.targets.find(({ key }) => key === column.target)
                const isDate = target?.type === 'date' || target?.type === 'datetime'
                return (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns are known by their place, names may repeat
                  <Table.Tr key={i}>
                    <Table.Td fw={500}>{column.name}</Table.Td>
                    <Table.Td>
                      <Group gap="xs" wrap="nowrap">
                        <Select
                          w={230}
                          size="xs"
                          aria-label={t('exchange.imports.mapping.fieldOf', { column: column.name })}
                          searchable
                          allowDeselect={false}
                          disabled={isBusy}
                          value={column.target ?? NONE}
                          data={options(column.target)}
                          onChange={(key) => key && choose(i, key)}
                        />
                        {isDate && (
                          <Select
                            w={150}
                            size="xs"
                            aria-label={t('exchange.imports.mapping.dates', { column: column.name })}
                            allowDeselect={false}
                            disabled={isBusy}
                            value={column.dates ?? 'dmy'}
                            data={dateOrders.map((value) => ({
                              value,
                              label: t(`exchange.imports.mapping.orders.${value}`),
                            }))}
                            onChange={(value) => {
                              const dates = dateOrders.find((known) => known === value)
                              if (dates) fill(i, { dates })
                            }}
                          />
                        )}
                        {column.why && (
                          <Text fz="xs" c="dimmed">
                            {t(`exchange.imports.mapping.why.${column.why}`)}
                          </Text>
                        )}
                      </Group>
                    </Table.Td>
                    <Table.Td className={classes.examples ?? ''}>
                      {column.examples.slice(0, 3).join(' · ') || '—'}
                    </Table.Td>
                  </Table.Tr>
                )
              })}
            </Table.Tbody>
          </Table>
        </div>
        <NewField importId={one.id} column={fieldFor} onClose={() => setFieldFor(null)} />
      </Section>
      <UnknownOperators one={one} change={change} isBusy={isBusy} />
      <Section title={t('exchange.imports.how.title')} text={t('exchange.imports.how.text')}>
        <Stack gap="sm">
          <Group gap="sm" align="start">
            <Select
              label={t('exchange.imports.how.key')}
              w={280}
              allowDeselect={false}
              disabled={isBusy}
              value={one.key ?? NONE}
              data={[
                ...keys.map(({ key, label }) => ({ value: key, label: label[language] })),
                { value: NONE, label: t('exchange.imports.how.noKey') },
              ]}
              onChange={(key) => key && change.mutate({ key: key === NONE ? null : key })}
            />
            {one.key !== null && (
              <Select
                label={t('exchange.imports.how.onMatch')}
                w={320}
                allowDeselect={false}
                disabled={isBusy}
                value={one.onMatch}
                data={(['update', 'fill', 'skip'] as const).map((value) => ({
                  value,
                  label: t(`exchange.imports.how.${value}`),
                }))}
                onChange={(value) => value && change.mutate({ onMatch: value as 'update' | 'fill' | 'skip' })}
              />
            )}
          </Group>
          {one.object === 'person' && (
            <Checkbox
              label={t('exchange.imports.how.proven')}
              description={
                one.can.prove ? t('exchange.imports.how.provenText') : t('exchange.imports.how.provenForbidden')
              }
              checked={one.isProven}
              disabled={isBusy || !one.can.prove}
              onChange={(event) => change.mutate({ isProven: event.currentTarget.checked })}
            />
          )}
          <Group>
            <Button
              disabled={!one.can.check || change.isPending}
              loading={move.isPending}
              onClick={() => move.mutate('check')}
            >
              {t(one.expected ? 'exchange.imports.checkAgain' : 'exchange.imports.check')}
            </Button>
            <Text fz="xs" c="dimmed">
              {t('exchange.imports.checkText')}
            </Text>
          </Group>
        </Stack>
      </Section>
    </>
  )
}
