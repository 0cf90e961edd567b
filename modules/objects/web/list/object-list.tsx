import { CloseButton, Group, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { type ReactNode, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Condition } from '#platform/shared/objects/condition'
import type { ObjectDescription } from '#platform/shared/objects/object'
import { LoadingState } from '#platform/web'
import { BulkLog } from '../bulk/bulk-log.tsx'
import { columnsOf, keptColumns } from '../grid/list-columns.ts'
import { useDescribe } from '../objects-api.ts'
import { useLanguage } from '../use-language.ts'
import ViewRow from '../views/view-row.tsx'
import classes from './list.module.css'
import { ListConditions } from './list-conditions.tsx'
import { ListSettings } from './list-settings.tsx'
import { ListTable } from './list-table.tsx'
import { ListTools } from './list-tools.tsx'
import { QuickFilter } from './quick-filter.tsx'
import type { RowWire } from './rows-api.ts'
import { type ListAddress, type ListPlace, useListAddress } from './use-list-address.ts'

export interface ObjectListProps extends ListPlace {
  /** Name of the list and ways to its neighbours. */
  heading: ReactNode
  /** What can be begun from here. */
  actions?: ReactNode
  searchLabel: string
  /** Shown while there is nothing at all. */
  empty: ReactNode
  /** The opened thing; `condition` is what the list is narrowed to. */
  card: (id: string, condition: Condition | null) => ReactNode
  /** The opened thing is a whole window of its own, with its own way back: it gets more room, and nothing is drawn around it. */
  isWindow?: boolean
  /** What stands before the name of a row: a face unless given. */
  before?: (row: RowWire, size: number) => ReactNode
  /** Keys of fields that `before` reads beside the columns. */
  also?: readonly string[]
}

/** A list of any object: search, filters, views, columns, groups, cells to edit; the opened card beside it, on a narrow screen in its place. */
export default function ObjectList(props: ObjectListProps) {
  const { t } = useTranslation()
  const address = useListAddress(props)
  const described = useDescribe()?.(props.object)
  const language = useLanguage()
  const { openId, heading, actions, card, isWindow = false } = props
  return (
    <div className={classes.page} data-step={openId ? 'card' : 'list'} data-window={isWindow || undefined}>
      <section className={classes.list} aria-label={described?.label.many[language] ?? t('states.loading')}>
        <Group className={classes.head ?? ''} justify="space-between" gap="sm">
          {heading}
          <Group gap="xs">{actions}</Group>
        </Group>
        {described ? <Described {...props} described={described} address={address} /> : <LoadingState />}
      </section>
      {openId && (
        <aside className={classes.card} aria-label={t('objects.list.card')}>
          {!isWindow && (
            <Group justify="flex-end" className={classes.cardHead ?? ''}>
              <CloseButton aria-label={t('objects.list.closeCard')} onClick={() => address.open(undefined)} />
            </Group>
          )}
          {card(openId, address.filter.condition)}
        </aside>
      )}
    </div>
  )
}

interface DescribedProps extends ObjectListProps {
  described: ObjectDescription
  address: ListAddress
}

function Described({ object, described, address, searchLabel, quick = [], empty, also, before }: DescribedProps) {
  const { filter, viewId, isTouched, change, narrow, chooseView } = address
  const columns = useMemo(() => columnsOf(address.columns, described), [address.columns, described])
  const sortBy = (sort: string) => change({ sort })
  const group = (field: string | null) => change({ group: field ?? (viewId ? '' : undefined) })
  return (
    <>
      <Group className={classes.tools ?? ''} gap="sm">
        <Search label={searchLabel} q={filter.q} onSearch={(q) => change({ q })} />
        {quick.map((key) => {
          const field = described.fields.find((one) => one.key === key)
          return (
            field && (
              <QuickFilter
                key={key}
                field={field}
                value={filter.quick[key] ?? null}
                onChange={(value) => change({ [key]: value })}
              />
            )
          )
        })}
        <ListConditions object={object} condition={filter.condition} onChange={narrow} />
        <ListSettings
          described={described}
          columns={columns}
          groupBy={filter.groupBy}
          sort={filter.sort}
          onColumns={(next) => address.changeColumns(keptColumns(next))}
          onGroup={group}
          onSort={sortBy}
        />
        <ListTools
          object={object}
          q={filter.q}
          condition={filter.whole}
          sort={filter.sort}
          fields={columns.map(({ field }) => field.key)}
        />
        <BulkLog described={described} />
      </Group>
      <ViewRow
        object={object}
        viewId={viewId}
        listed={{ columns: address.columns, condition: filter.whole, sort: filter.sort, groupBy: filter.groupBy }}
        isTouched={isTouched}
        onChoose={chooseView}
      />
      <ListTable {...{ object, described, address, columns, empty, also, before }} />
    </>
  )
}

const TYPING_MS = 250

function Search({ label, q, onSearch }: { label: string; q: string; onSearch: (q: string | undefined) => void }) {
  const { t } = useTranslation()
  const [words, setWords] = useState(q)
  const search = useDebouncedCallback((next: string) => onSearch(next.trim() || undefined), TYPING_MS)
  const type = (next: string) => {
    setWords(next)
    search(next)
  }
  return (
    <TextInput
      flex="2 1 240px"
      size="sm"
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={16} />}
      value={words}
      onChange={(event) => type(event.currentTarget.value)}
      rightSection={words && <CloseButton size="sm" aria-label={t('objects.list.clear')} onClick={() => type('')} />}
    />
  )
}
