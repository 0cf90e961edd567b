import { Button, CloseButton } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Condition } from '#platform/shared/objects/condition'
import type { ObjectDescription } from '#platform/shared/objects/object'
import { SidePanel } from '#platform/web'
import { NOTHING, type Selection } from '../grid/selection.ts'
import classes from '../list/list.module.css'
import { countQuery } from '../objects-api.ts'
import { BulkForm } from './bulk-form.tsx'

interface BulkBarProps {
  described: ObjectDescription
  selection: Selection
  /** What the list is narrowed to; null = nothing. */
  condition: Condition | null
  /** Everything that is found may be chosen: not of the best finds of a search. */
  mayChooseAll: boolean
  onSelect: (selection: Selection) => void
  onStarted: (editId: string) => void
}

const EVERYTHING: Condition = { all: [] }

/** What can be done with the chosen rows. */
export function BulkBar({ described, selection, condition, mayChooseAll, onSelect, onStarted }: BulkBarProps) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const { data: counted } = useQuery(countQuery(described.key, mayChooseAll ? (condition ?? EVERYTHING) : null))
  const { ids, isAll } = selection
  const all = counted && t(`objects.list.counts.${counted.precision}`, { count: counted.count })
  const many = isAll ? (all ?? '…') : String(ids.size)
  const isMore = mayChooseAll && !isAll && counted !== undefined && counted.count > ids.size
  return (
    <section className={classes.bar} aria-label={t('objects.bulk.title')}>
      <span className="okno-numbers" role="status">
        {t(isAll ? 'objects.bulk.chosenAll' : 'objects.bulk.chosen', { many })}
      </span>
      <Button size="xs" leftSection={<IconPencil size={14} />} onClick={() => setOpen(true)}>
        {t('objects.bulk.change')}
      </Button>
      {isMore && (
        <Button size="xs" variant="subtle" onClick={() => onSelect({ ...selection, isAll: true })}>
          {t('objects.bulk.all', { many: all })}
        </Button>
      )}
      <CloseButton ms="auto" aria-label={t('objects.bulk.release')} onClick={() => onSelect(NOTHING)} />
      <SidePanel title={t('objects.bulk.title')} isOpen={isOpen} onClose={() => setOpen(false)}>
        {isOpen && (
          <BulkForm
            described={described}
            many={many}
            chosen={isAll ? { condition } : { ids: [...ids] }}
            onStarted={(id) => {
              setOpen(false)
              onStarted(id)
            }}
          />
        )}
      </SidePanel>
    </section>
  )
}
