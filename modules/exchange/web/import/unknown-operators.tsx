import { Select, Stack, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { operatorsQuery } from '#modules/access/web'
import { MAX_NAMED_OPERATORS } from '#modules/exchange/contract'
import { Section } from '#platform/web'
import classes from './import.module.css'
import type { ImportCardWire, useChangeImport } from './import-api.ts'

const NOBODY = ' nobody'

/** Where this part of the page begins: what is said of the rows leads to it. */
export const UNKNOWN_OPERATORS = 'unknown-operators'

/** Names of operators in the file that nobody here has, each with the question who it is. */
export function UnknownOperators({
  one,
  change,
  isBusy,
}: {
  one: ImportCardWire
  change: ReturnType<typeof useChangeImport>
  isBusy: boolean
}) {
  const { t } = useTranslation()
  const { data: operators = [] } = useQuery(operatorsQuery)
  if (one.operators.length === 0) return null
  const people = [
    { value: NOBODY, label: t('exchange.imports.operators.nobody') },
    ...operators.map(({ id, name }) => ({ value: id, label: name })),
  ]
  return (
    <Section
      id={UNKNOWN_OPERATORS}
      title={t('exchange.imports.operators.title')}
      text={t('exchange.imports.operators.text')}
    >
      <Stack gap="xs">
        <div className={classes.scroll}>
          <Table verticalSpacing="xs" layout="fixed">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('exchange.imports.operators.name')}</Table.Th>
                <Table.Th>{t('exchange.imports.operators.who')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {one.operators.map(({ name, operatorId }) => (
                <Table.Tr key={name}>
                  <Table.Td fw={500} className={classes.name ?? ''}>
                    {name}
                  </Table.Td>
                  <Table.Td>
                    <Select
                      maw={320}
                      size="xs"
                      aria-label={t('exchange.imports.operators.whoIs', { name })}
                      searchable
                      allowDeselect={false}
                      disabled={isBusy}
                      value={operatorId ?? NOBODY}
                      data={people}
                      onChange={(id) =>
                        id && change.mutate({ operators: [{ name, operatorId: id === NOBODY ? null : id }] })
                      }
                    />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
        {one.operators.length >= MAX_NAMED_OPERATORS && (
          <Text fz="sm">{t('exchange.imports.operators.more', { count: MAX_NAMED_OPERATORS })}</Text>
        )}
        <Text fz="xs" c="dimmed">
          {t('exchange.imports.operators.again')}
        </Text>
      </Stack>
    </Section>
  )
}
