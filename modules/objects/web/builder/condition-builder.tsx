import { Text } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { checkCondition } from '#platform/shared/objects/check'
import type { Condition } from '#platform/shared/objects/condition'
import { LoadingState } from '#platform/web'
import { useDescribe } from '../objects-api.ts'
import classes from './builder.module.css'
import { CountLine } from './count-line.tsx'
import { fromGroup, groupOf } from './draft.ts'
import { GroupEditor } from './group-editor.tsx'

interface ConditionBuilderProps {
  /** Key of the object that is asked about. */
  object: string
  value: Condition
  /** Hears of every condition that fits; what is unfinished stays in the builder. */
  onChange: (condition: Condition) => void
}

/** Builds a condition by choosing, and says how many it finds while it is built. */
export default function ConditionBuilder({ object, value, onChange }: ConditionBuilderProps) {
  const { t } = useTranslation()
  const describe = useDescribe()
  const [draft, setDraft] = useState(value)
  const scope = describe?.(object)
  const checked = useMemo(
    () => (describe ? checkCondition(draft, object, describe) : { problems: [] }),
    [draft, object, describe],
  )
  if (!scope || !describe) return <LoadingState />
  const change = (next: Condition) => {
    setDraft(next)
    const result = checkCondition(next, object, describe)
    if ('condition' in result) onChange(result.condition)
  }
  const fits = 'condition' in checked ? checked.condition : null
  return (
    <section className={classes.builder} aria-label={t('objects.builder.title')}>
      <GroupEditor
        group={groupOf(draft)}
        scope={scope}
        describe={describe}
        depth={0}
        onChange={(group) => change(fromGroup(group))}
      />
      {fits ? (
        <CountLine object={object} condition={fits} label={scope.label.many} />
      ) : (
        <Text size="sm" c="dimmed" role="status">
          {t('objects.builder.unfinished')}
        </Text>
      )}
    </section>
  )
}
