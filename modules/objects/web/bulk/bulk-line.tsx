import { Button, Collapse, Group, Progress, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ObjectDescription } from '#platform/shared/objects/object'
import { codeText } from '../code-text.ts'
import { namesOfQuery } from '../objects-api.ts'
import { useLanguage } from '../use-language.ts'
import { valueText } from '../value-text.ts'
import classes from './bulk.module.css'
import { type BulkEditWire, bulkRowsQuery, isUnderWay, useTurnBulkEdit } from './bulk-api.ts'

interface BulkLineProps {
  edit: BulkEditWire
  described: ObjectDescription
}

/** What one bulk edit does or did, how far it is, and what can be done about it. */
export function BulkLine({ edit, described }: BulkLineProps) {
  const { t } = useTranslation()
  const turn = useTurnBulkEdit()
  const [isOpen, setOpen] = useState(false)
  const { id, state, total, changed, same, failed, undone, leftAlone, can } = edit
  const isUndo = state === 'undoing' || state === 'undone'
  const [done, all] = isUndo ? [undone + leftAlone, changed] : [changed + same + failed, total]
  const troubles = isUndo ? leftAlone : failed
  return (
    <div className={classes.line}>
      <Group gap="sm" justify="space-between" wrap="nowrap">
        <Text fz="sm" role="status" className="okno-numbers">
          <strong>{useDeed(edit, described)}</strong>
          {' · '}
          {t(`objects.bulk.states.${state}`, { done: isUnderWay(edit) ? done : isUndo ? undone : changed, all })}
        </Text>
        <Group gap={6} wrap="nowrap">
          {troubles > 0 && !isUnderWay(edit) && (
            <Button size="compact-sm" variant="subtle" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
              {t(isUndo ? 'objects.bulk.left' : 'objects.bulk.failed', { many: troubles })}
            </Button>
          )}
          {can.stop && (
            <Button
              size="compact-sm"
              variant="default"
              loading={turn.isPending}
              onClick={() => turn.mutate({ id, verb: 'stop' })}
            >
              {t('objects.bulk.stop')}
            </Button>
          )}
          {can.undo && (
            <Button
              size="compact-sm"
              variant="default"
              loading={turn.isPending}
              onClick={() => turn.mutate({ id, verb: 'undo' })}
            >
              {t('objects.bulk.undo')}
            </Button>
          )}
        </Group>
      </Group>
      {isUnderWay(edit) && (
        <Progress size="sm" mt={6} aria-label={t('objects.bulk.progress')} value={all === 0 ? 0 : (done / all) * 100} />
      )}
      <Collapse expanded={isOpen}>{isOpen && <Troubles id={id} state={isUndo ? 'left' : 'failed'} />}</Collapse>
    </div>
  )
}

/** "City: Tver", "City emptied": what was asked, in words. */
function useDeed({ field: key, op, value }: BulkEditWire, described: ObjectDescription): string {
  const { t } = useTranslation()
  const language = useLanguage()
  const field = described.fields.find((one) => one.key === key)
  const ids = field?.target && typeof value === 'string' ? [value] : []
  const { data: named = [] } = useQuery(namesOfQuery(field?.target ?? '', ids))
  const names = new Map(named.map(({ id, name }) => [id, name]))
  const text = field ? valueText(value, field, { t, language, names }) : ''
  return t(`objects.bulk.deeds.${op}`, {
    field: field?.label[language] ?? key,
    value: text,
    interpolation: { escapeValue: false },
  })
}

function Troubles({ id, state }: { id: string; state: 'failed' | 'left' }) {
  const { t } = useTranslation()
  const { data: rows = [] } = useQuery(bulkRowsQuery(id, state))
  return (
    <ul className={classes.troubles}>
      {rows.map(({ id: thing, name, problem }) => (
        <li key={thing}>
          {name || t('objects.bulk.unseen')}
          <span className={classes.why}>{codeText(t, problem ?? '', t('objects.bulk.refused'))}</span>
        </li>
      ))}
    </ul>
  )
}
