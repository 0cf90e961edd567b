import { Button, Select } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Condition } from '#platform/shared/objects/condition'
import type { Describe, Scope } from '#platform/shared/objects/object'
import classes from './builder.module.css'
import { fromGroup, type Group, type GroupMode, groupOf, isGroup, partAbout, placed } from './draft.ts'
import { PartEditor } from './part-editor.tsx'
import { RemoveButton } from './remove-button.tsx'

interface GroupEditorProps {
  group: Group
  scope: Scope
  describe: Describe
  /** How many groups, relations and behaviours lie around this one. */
  depth: number
  onChange: (group: Group) => void
  /** Left out for the outermost group, which cannot go. */
  onRemove?: (() => void) | undefined
}

/** Groups are offered up to here; deeper ones are shown when they come from elsewhere. */
const OFFERED_DEPTH = 3
const MODES: readonly GroupMode[] = ['all', 'any', 'none']

/** Parts that belong together, one below the other. */
export function GroupEditor({ group, scope, describe, depth, onChange, onRemove }: GroupEditorProps) {
  const { t } = useTranslation()
  const heading = useId()
  const addButton = useRef<HTMLButtonElement>(null)
  const box = useRef<HTMLFieldSetElement>(null)
  const hasAdded = useRef(false)
  const { mode, parts } = group
  const put = (i: number, part: Condition) => onChange({ mode, parts: parts.with(i, part) })
  const remove = (i: number) => {
    onChange({ mode, parts: parts.toSpliced(i, 1) })
    // The focus would be lost with the row that held it.
    addButton.current?.focus()
  }
  // The thing itself stands first among its fields, but few conditions are about one thing.
  const offered = scope.fields.filter(({ can, isArchived }) => can.filter && !isArchived)
  const first = offered.find(({ key }) => key !== 'id') ?? offered[0]
  const add = (part: Condition | undefined) => {
    if (!part) return
    hasAdded.current = true
    onChange({ mode, parts: [...parts, part] })
  }
  const count = parts.length
  useEffect(() => {
    if (count === 0 || !hasAdded.current) return
    hasAdded.current = false
    // What was added is filled in next: what it is about comes first.
    const added = [...(box.current?.querySelectorAll(':scope > [data-part]') ?? [])].at(-1)
    added?.querySelector('input')?.focus()
  }, [count])
  return (
    <fieldset ref={box} className={classes.group} data-part data-depth={depth} aria-labelledby={heading}>
      <div className={classes.groupHead} id={heading}>
        <Select
          size="xs"
          w={150}
          allowDeselect={false}
          aria-label={t('objects.builder.mode')}
          value={mode}
          data={MODES.map((value) => ({ value, label: t(`objects.builder.modes.${value}`) }))}
          onChange={(next) => next && onChange({ mode: MODES.find((one) => one === next) ?? mode, parts })}
        />
        {onRemove && <RemoveButton label={t('objects.builder.removeGroup')} onRemove={onRemove} />}
      </div>
      {placed(parts).map(({ part, i, key }) =>
        isGroup(part) ? (
          <GroupEditor
            key={key}
            group={groupOf(part)}
            scope={scope}
            describe={describe}
            depth={depth + 1}
            onChange={(next) => put(i, fromGroup(next))}
            onRemove={() => remove(i)}
          />
        ) : (
          <PartEditor
            key={key}
            part={part}
            scope={scope}
            describe={describe}
            onChange={(next) => put(i, next)}
            onRemove={() => remove(i)}
            drawWhere={(where) => <GroupEditor {...where} describe={describe} depth={depth + 1} />}
          />
        ),
      )}
      <div className={classes.groupFoot}>
        <Button
          ref={addButton}
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={14} />}
          onClick={() => add(first && partAbout(`field ${first.key}`, scope))}
        >
          {t('objects.builder.add')}
        </Button>
        {depth < OFFERED_DEPTH && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            leftSection={<IconPlus size={14} />}
            onClick={() => add({ any: first ? [partAbout(`field ${first.key}`, scope)] : [] })}
          >
            {t('objects.builder.addGroup')}
          </Button>
        )}
      </div>
    </fieldset>
  )
}
