import { Anchor, Button, Table, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { identityText } from '#modules/customers/web'
import { reasonText } from '#modules/exchange/contract'
import { useLanguage } from '#modules/objects/web'
import { ErrorState, givesWay, LoadingState, Mark } from '#platform/web'
import classes from './import.module.css'
import { type ImportCardWire, type ImportRowWire, type RowFilter, rowsQuery } from './import-api.ts'

const LOOKS = { created: 'good', changed: 'soon', joined: 'calm', same: 'calm', refused: 'bad' } as const
const CARDS: Readonly<Record<string, string>> = { person: '/people', company: '/companies' }

/** Rows one below the other: what becomes of each and why, with the fields before and after. */
export function ImportRows({ one, outcome }: { one: ImportCardWire; outcome: RowFilter }) {
  const { t } = useTranslation()
  // A check made anew says something else of the same rows.
  const stage = one.result ? `did ${one.state === 'undone' ? 'undone' : ''}` : `will ${one.finishedAt}`
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    rowsQuery(one.id, outcome, stage),
  )
  if (givesWay(data, error)) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <LoadingState />
  return (
    <div className={classes.scroll}>
      <Table className={classes.rows ?? ''} verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>№</Table.Th>
            <Table.Th>{t('exchange.imports.rows.outcome')}</Table.Th>
            <Table.Th>{t('exchange.imports.rows.card')}</Table.Th>
            <Table.Th>{t('exchange.imports.rows.why')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.pages.flatMap(({ items }) =>
            items.map((row) => (
              <Table.Tr key={row.number}>
                <Table.Td className="okno-numbers">{row.number}</Table.Td>
                <Table.Td>
                  <Mark looks={LOOKS[row.outcome]}>
                    {t(`exchange.imports.rows.${one.result ? 'did' : 'will'}.${row.outcome}`, { count: 1 })}
                  </Mark>
                </Table.Td>
                <Table.Td>
                  <Card row={row} object={one.object} />
                </Table.Td>
                <Table.Td>
                  <Why row={row} one={one} />
                </Table.Td>
              </Table.Tr>
            )),
          )}
        </Table.Tbody>
      </Table>
      {hasNextPage && (
        <Button variant="subtle" size="xs" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('common.loadMore')}
        </Button>
      )}
    </div>
  )
}

function Card({ row: { card, cells, undone }, object }: { row: ImportRowWire; object: string }) {
  const place = CARDS[object]
  const name = card?.name || cells.filter(Boolean).slice(0, 3).join(', ')
  return card?.id && place && undone?.kind !== 'removed' ? (
    <Anchor component={Link} to={`${place}/${card.id}`} fz="sm">
      {name}
    </Anchor>
  ) : (
    <span>{name}</span>
  )
}

/** Everything there is to say of a row, a line each. */
function Why({ row, one }: { row: ImportRowWire; one: ImportCardWire }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const fieldName = (key: string) => one.targets.find((target) => target.key === key)?.label[language] ?? key
  const lines = [
    ...[...row.reasons, ...row.remarks].map((reason) => reasonText(reason, one.columns, language)),
    ...(row.joinedRow === null ? [] : [t('exchange.imports.rows.joinedRow', { row: row.joinedRow })]),
    ...(row.by && row.joinedRow === null ? [t('exchange.imports.rows.by', { value: identityText(t, row.by) })] : []),
    ...row.changes.map(({ field, before, after }) =>
      isBlank(before)
        ? t('exchange.imports.rows.filled', { field: fieldName(field), after: shown(after) })
        : t('exchange.imports.rows.changed', { field: fieldName(field), before: shown(before), after: shown(after) }),
    ),
    ...(row.alike.length > 0
      ? [t('exchange.imports.rows.alike', { names: [...new Set(row.alike.map(({ name }) => name))].join(', ') })]
      : []),
    ...(row.undone
      ? [
          t(`exchange.imports.rows.undone.${row.undone.kind}`),
          ...row.undone.left.map((reason) => reasonText(reason, one.columns, language)),
        ]
      : []),
  ]
  return lines.map((line) => (
    <Text key={line} fz="sm">
      {line}
    </Text>
  ))
}

const isBlank = (value: unknown) => value === null || value === undefined || value === ''

function shown(value: unknown): string {
  if (isBlank(value)) return '—'
  if (Array.isArray(value)) return value.map(shown).join(', ')
  if (typeof value !== 'object') return String(value)
  const { amount, currency, text } = value as { amount?: number; currency?: string; text?: string }
  return amount === undefined ? (text ?? JSON.stringify(value)) : `${amount} ${currency}`
}
