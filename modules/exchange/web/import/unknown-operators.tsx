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
  const { othersOperatorId } = one
  if (one.operators.length === 0 && othersOperatorId === null) return null
  const people = operators.map(({ id, name }) => ({ value: id, label: name }))
  const nobody = { value: NOBODY, label: t('exchange.imports.operators.nobody') }
  const unsaid = othersOperatorId ? { ...nobody, label: t('exchange.imports.operators.asOthers') } : nobody
  const idOf = (value: string) => (value === NOBODY ? null : value)
  return (
    <Section
      id={UNKNOWN_OPERATORS}
      title={t('exchange.imports.operators.title')}
      text={t(othersOperatorId ? 'exchange.imports.operators.textOthers' : 'exchange.imports.operators.text')}
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
                    <Who
                      label={t('exchange.imports.operators.whoIs', { name })}
                      isBusy={isBusy}
                      value={operatorId ?? NOBODY}
                      people={[unsaid, ...people]}
                      onChange={(value) => change.mutate({ operators: [{ name, operatorId: idOf(value) }] })}
                    />
                  </Table.Td>
                </Table.Tr>
              ))}
              {(one.operators.length > 1 || othersOperatorId !== null) && (
                <Table.Tr>
                  <Table.Td>{t('exchange.imports.operators.others')}</Table.Td>
                  <Table.Td>
                    <Who
                      label={t('exchange.imports.operators.others')}
                      isBusy={isBusy}
                      value={othersOperatorId ?? NOBODY}
                      people={[nobody, ...people]}
                      onChange={(value) => change.mutate({ othersOperatorId: idOf(value) })}
                    />
                    <Text fz="xs" c="dimmed">
                      {t('exchange.imports.operators.othersHint')}
                    </Text>
                  </Table.Td>
                </Table.Tr>
              )}
            </Table.Tbody>
          </Table>
        </div>
        {one.operators.length >= MAX_NAMED_OPERATORS && othersOperatorId === null && (
          <Text fz="sm">{t('exchange.imports.operators.more', { count: MAX_NAMED_OPERATORS })}</Text>
        )}
        <Text fz="xs" c="dimmed">
          {t('exchange.imports.operators.again')}
        </Text>
      </Stack>
    </Section>
  )
}

function Who({
  label,
  isBusy,
  value,
  people,
  onChange,
}: {
  label: string
  isBusy: boolean
  value: string
  people: { value: string; label: string }[]
  onChange: (value: string) => void
}) {
  return (
    <Select
      maw={320}
      size="xs"
      aria-label={label}
      searchable
      allowDeselect={false}
      disabled={isBusy}
      value={value}
      data={people}
      onChange={(chosen) => chosen && onChange(chosen)}
    />
  )
}
