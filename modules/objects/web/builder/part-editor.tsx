import { Select } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Condition } from '#platform/shared/objects/condition'
import { type Describe, type Scope, scopeOf } from '#platform/shared/objects/object'
import { useLanguage } from '../use-language.ts'
import classes from './builder.module.css'
import { CountEditor } from './count-editor.tsx'
import { fromGroup, type Group, groupOf, partAbout, subjectOf } from './draft.ts'
import { FieldEditor } from './field-editor.tsx'
import { RemoveButton } from './remove-button.tsx'
import { WithinEditor } from './within-editor.tsx'

interface PartEditorProps {
  part: Condition
  scope: Scope
  describe: Describe
  onChange: (part: Condition) => void
  onRemove: () => void
  /** Draws what is asked of related objects, or of each time that something happened. */
  drawWhere: (where: { group: Group; scope: Scope; onChange: (group: Group) => void }) => ReactNode
}

/** One row: what it is about, and what is asked of that. */
export function PartEditor({ part, scope, describe, onChange, onRemove, drawWhere }: PartEditorProps) {
  const { t } = useTranslation()
  const subjects = useSubjects(scope)
  return (
    <div className={classes.part} data-part>
      <div className={classes.row}>
        <Select
          size="xs"
          className={classes.subject ?? ''}
          searchable
          allowDeselect={false}
          aria-label={t('objects.builder.subject')}
          nothingFoundMessage={t('objects.builder.nothingFound')}
          value={subjectOf(part)}
          data={subjects}
          // What one types then is what one looks for, not more of what stands there.
          onFocus={(event) => event.currentTarget.select()}
          onChange={(subject) => subject && onChange(partAbout(subject, scope))}
        />
        <Asked part={part} scope={scope} onChange={onChange} />
        <span className={classes.remove}>
          <RemoveButton label={t('objects.builder.remove')} onRemove={onRemove} />
        </span>
      </div>
      <Where part={part} scope={scope} describe={describe} onChange={onChange} drawWhere={drawWhere} />
    </div>
  )
}

function Asked({ part, scope, onChange }: Pick<PartEditorProps, 'part' | 'scope' | 'onChange'>) {
  if ('field' in part) {
    const field = scope.fields.find(({ key }) => key === part.field)
    return field ? <FieldEditor part={part} field={field} onChange={onChange} /> : null
  }
  if ('relation' in part)
    return <CountEditor kind="relation" count={part.count} onChange={(count) => onChange({ ...part, count })} />
  if (!('behaviour' in part)) return null
  return (
    <>
      <CountEditor kind="behaviour" count={part.count} onChange={(count) => onChange({ ...part, count })} />
      <WithinEditor within={part.within} onChange={(within) => onChange({ ...part, within })} />
    </>
  )
}

function Where({ part, scope, describe, onChange, drawWhere }: Omit<PartEditorProps, 'onRemove'>) {
  if (!('relation' in part) && !('behaviour' in part)) return null
  const inner = innerScope(part, scope, describe)
  if (!inner || inner.fields.length === 0) return null
  return drawWhere({
    group: groupOf(part.where ?? { all: [] }),
    scope: inner,
    onChange: (group) => {
      const isBlank = group.parts.length === 0 && group.mode === 'all'
      onChange({ ...part, where: isBlank ? undefined : fromGroup(group) })
    },
  })
}

function innerScope(part: Condition, scope: Scope, describe: Describe): Scope | undefined {
  if ('relation' in part) return describe(scope.relations.find(({ key }) => key === part.relation)?.target ?? '')
  if (!('behaviour' in part)) return undefined
  const behaviour = scope.behaviours.find(({ key }) => key === part.behaviour)
  return behaviour && scopeOf(behaviour)
}

function useSubjects({ fields, relations, behaviours }: Scope) {
  const { t } = useTranslation()
  const language = useLanguage()
  const items = (kind: string, list: readonly { key: string; label: Record<typeof language, string> }[]) =>
    list.map(({ key, label }) => ({ value: `${kind} ${key}`, label: label[language] }))
  return [
    {
      group: t('objects.builder.fields'),
      items: items(
        'field',
        fields.filter(({ can, isArchived }) => can.filter && !isArchived),
      ),
    },
    { group: t('objects.builder.relations'), items: items('relation', relations) },
    { group: t('objects.builder.behaviours'), items: items('behaviour', behaviours) },
  ].filter((group) => group.items.length > 0)
}
