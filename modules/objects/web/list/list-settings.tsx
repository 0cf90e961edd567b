import { ActionIcon, Button, Checkbox, Select, Stack, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconColumns3, IconGripVertical, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MAX_COLUMNS } from '#modules/objects/contract'
import { isGroupable } from '#platform/shared/objects/groups'
import type { Field, ObjectDescription } from '#platform/shared/objects/object'
import { SidePanel } from '#platform/web'
import { type Column, columnsOf, movedColumn } from '../grid/list-columns.ts'
import { useLanguage } from '../use-language.ts'
import classes from './list.module.css'

interface ListSettingsProps {
  described: ObjectDescription
  columns: readonly Column[]
  groupBy: string | null
  sort: string
  onColumns: (columns: readonly Column[]) => void
  onGroup: (field: string | null) => void
  onSort: (sort: string) => void
}

/** How a list is shown: which columns in which order, grouped and sorted by what. */
export function ListSettings(props: ListSettingsProps) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button
        size="sm"
        variant={props.groupBy ? 'light' : 'default'}
        leftSection={<IconColumns3 size={16} />}
        onClick={() => setOpen(true)}
      >
        {t('objects.list.columns')}
      </Button>
      <SidePanel title={t('objects.list.settings')} isOpen={isOpen} onClose={() => setOpen(false)}>
        {isOpen && (
          <Stack gap="lg">
            <Grouping {...props} />
            <Sorting {...props} />
            <Chosen {...props} />
            <Others {...props} />
          </Stack>
        )}
      </SidePanel>
    </>
  )
}

function Grouping({ described, groupBy, onGroup }: ListSettingsProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const fields = described.fields.filter(isGroupable)
  return (
    <Select
      label={t('objects.list.groupBy')}
      placeholder={t('objects.list.noGroups')}
      clearable
      searchable={fields.length > 8}
      description={fields.find(({ key }) => key === groupBy)?.isMany ? t('objects.list.manyGroups') : undefined}
      value={groupBy}
      data={fields.map(({ key, label }) => ({ value: key, label: label[language] }))}
      onChange={onGroup}
    />
  )
}

function Sorting({ described, sort, onSort }: ListSettingsProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const data = described.fields
    .filter(({ can }) => can.sort)
    .flatMap(({ key, type, label }) => {
      const field = label[language]
      const kind = type === 'datetime' || type === 'date' ? 'time' : 'rest'
      return [
        { value: key, label: t(`objects.list.sorts.up.${kind}`, { field }) },
        { value: `-${key}`, label: t(`objects.list.sorts.down.${kind}`, { field }) },
      ]
    })
  return (
    <Select
      label={t('objects.list.sort')}
      allowDeselect={false}
      searchable={data.length > 12}
      value={sort}
      data={data}
      onChange={(next) => next && onSort(next)}
    />
  )
}

/** The columns in their order, changed by drawing or by the arrows. */
function Chosen({ columns, onColumns }: ListSettingsProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [drawn, setDrawn] = useState<number | null>(null)
  return (
    <section aria-labelledby="okno-columns">
      <h3 className={classes.panelHeading} id="okno-columns">
        {t('objects.list.columns')}
      </h3>
      <ul className={classes.columns}>
        {columns.map(({ field }, i) => {
          const name = field.label[language]
          const words = { name, interpolation: { escapeValue: false } }
          return (
            <li
              key={field.key}
              className={classes.column}
              draggable={i > 0}
              data-drawn={drawn === i || undefined}
              onDragStart={() => setDrawn(i)}
              onDragEnd={() => setDrawn(null)}
              onDragOver={(event) => {
                event.preventDefault()
                if (drawn === null || drawn === i || i === 0) return
                onColumns(movedColumn(columns, drawn, i))
                setDrawn(i)
              }}
            >
              <IconGripVertical size={14} aria-hidden className={classes.grip} data-fixed={i === 0 || undefined} />
              <Checkbox
                size="xs"
                checked
                disabled={i === 0}
                label={name}
                onChange={() => onColumns(columns.filter((one) => one.field.key !== field.key))}
              />
              <span className={classes.arrows}>
                <ActionIcon
                  size={24}
                  disabled={i < 2}
                  aria-label={t('objects.list.earlier', words)}
                  onClick={() => onColumns(movedColumn(columns, i, i - 1))}
                >
                  <IconArrowUp size={14} />
                </ActionIcon>
                <ActionIcon
                  size={24}
                  disabled={i === 0 || i === columns.length - 1}
                  aria-label={t('objects.list.later', words)}
                  onClick={() => onColumns(movedColumn(columns, i, i + 1))}
                >
                  <IconArrowDown size={14} />
                </ActionIcon>
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

/** Fields that are no columns yet. */
function Others({ described, columns, onColumns }: ListSettingsProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [words, setWords] = useState('')
  const shown = new Set(columns.map(({ field }) => field.key))
  const matches = ({ label }: Field) => label[language].toLowerCase().includes(words.trim().toLowerCase())
  const fields = described.fields.filter(
    (field) => !shown.has(field.key) && field.key !== 'id' && !field.isArchived && matches(field),
  )
  const add = (field: Field) =>
    onColumns([...columns, ...columnsOf([{ field: field.key }], { ...described, fields: [field] })])
  return (
    <section aria-labelledby="okno-other-columns">
      <h3 className={classes.panelHeading} id="okno-other-columns">
        {t('objects.list.otherFields')}
      </h3>
      <TextInput
        size="xs"
        mb="xs"
        aria-label={t('objects.list.findField')}
        placeholder={t('objects.list.findField')}
        leftSection={<IconSearch size={14} />}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <ul className={classes.columns}>
        {fields.map((field) => (
          <li key={field.key} className={classes.column}>
            <Checkbox
              size="xs"
              checked={false}
              disabled={columns.length >= MAX_COLUMNS}
              label={field.label[language]}
              onChange={() => add(field)}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}
