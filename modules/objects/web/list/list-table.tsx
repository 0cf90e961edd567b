import { Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconSearchOff } from '@tabler/icons-react'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ObjectDescription } from '#platform/shared/objects/object'
import { EmptyState, ErrorState, Initials, LoadingState } from '#platform/web'
import { BulkBar } from '../bulk/bulk-bar.tsx'
import { BulkStrip } from '../bulk/bulk-strip.tsx'
import { Grid } from '../grid/grid.tsx'
import { type Column, keptColumns } from '../grid/list-columns.ts'
import { ReadableList } from '../grid/readable-list.tsx'
import { NOTHING, type Selection } from '../grid/selection.ts'
import { useLanguage } from '../use-language.ts'
import { GroupRows } from './group-rows.tsx'
import { type RowWire, useWriteCell } from './rows-api.ts'
import { useGroups } from './use-groups.ts'
import type { ListAddress } from './use-list-address.ts'
import { useRows } from './use-rows.ts'

interface ListTableProps {
  object: string
  described: ObjectDescription
  address: ListAddress
  columns: readonly Column[]
  empty: ReactNode
  /** Keys of fields that `before` reads beside the columns. */
  also?: readonly string[] | undefined
  before?: ((row: RowWire, size: number) => ReactNode) | undefined
}

/** Too narrow for columns: rows to read instead. */
const NARROW = '(max-width: 600px)'

const NONE: readonly string[] = []
const face = ({ id, name, picture }: RowWire, size: number) => <Initials {...{ id, name, size, picture }} />

/** What a list finds, as a table or as rows to read, in groups or without. */
export function ListTable({ object, described, address, columns, empty, also = NONE, before = face }: ListTableProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const isNarrow = useMediaQuery(NARROW) ?? false
  const { filter, isReady, openId } = address
  const fields = [...new Set([...columns.map(({ field }) => field.key), ...also])].join(',')
  const asked = useMemo(
    () => ({ q: filter.q, sort: filter.sort, condition: filter.whole, fields: fields.split(',') }),
    [filter.q, filter.sort, filter.whole, fields],
  )
  // Found by words, rows stand best first: groups would tear that apart.
  const groupKey = filter.q === '' ? filter.groupBy : null
  const groupField = described.fields.find(({ key }) => key === groupKey) ?? null
  const rows = useRows(object, asked, isReady && groupField === null)
  const groups = useGroups(object, asked, groupField, isReady)
  const list = groupField ? groups : rows
  const write = useWriteCell(object)
  const [selection, setSelection] = useState<Selection>(NOTHING)
  const [editId, setEditId] = useState<string | null>(null)
  // What was chosen belongs to what was asked.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the question is the trigger
  useEffect(() => setSelection(NOTHING), [filter.q, filter.whole])
  if (list.error) return <ErrorState error={list.error} onRetry={list.refetch} />
  if (list.isPending) return <LoadingState />
  const strip = editId && <BulkStrip editId={editId} described={described} onClose={() => setEditId(null)} />
  if (list.lines.length === 0)
    return (
      <>
        {address.isNarrowed ? (
          <EmptyState icon={IconSearchOff} title={t('objects.list.notFound')}>
            <Button size="xs" variant="light" onClick={address.showAll}>
              {t('objects.list.showAll')}
            </Button>
          </EmptyState>
        ) : (
          empty
        )}
        {strip}
      </>
    )
  const isChosen = selection.isAll || selection.ids.size > 0
  const shared = {
    label: described.label.many[language],
    columns,
    before,
    canEdit: list.canEdit,
    selection,
    onSelect: setSelection,
    lines: list.lines,
    names: list.names,
    hrefOf: address.hrefOf,
    onToggle: groups.toggle,
    isStale: list.isStale,
    hasMore: list.hasMore,
    isLoadingMore: list.isLoadingMore,
    onSeen: list.onSeen,
  }
  return (
    <>
      {groups.open.map(({ id, asked: inside }) => (
        <GroupRows key={id} id={id} object={object} asked={inside} onLoaded={groups.onLoaded} />
      ))}
      {isNarrow ? (
        <ReadableList {...shared} />
      ) : (
        <Grid
          {...shared}
          sort={filter.sort}
          isSortable={filter.q === ''}
          openId={openId}
          onSort={(key) => address.change({ sort: filter.sort === key ? `-${key}` : key })}
          onColumns={(next) => address.changeColumns(keptColumns(next))}
          onOpen={address.open}
          onWrite={(id, field, value) => write.mutate({ id, field, value })}
        />
      )}
      {strip}
      {isChosen && list.canEdit && (
        <BulkBar
          described={described}
          selection={selection}
          condition={filter.whole}
          mayChooseAll={filter.q === ''}
          onSelect={setSelection}
          onStarted={(id) => {
            setEditId(id)
            setSelection(NOTHING)
          }}
        />
      )}
    </>
  )
}
