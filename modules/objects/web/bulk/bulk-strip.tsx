import { CloseButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ObjectDescription } from '#platform/shared/objects/object'
import classes from './bulk.module.css'
import { bulkEditQuery } from './bulk-api.ts'
import { BulkLine } from './bulk-line.tsx'

/** The bulk edit that was just begun here, under the list that it changes. */
export function BulkStrip({
  editId,
  described,
  onClose,
}: {
  editId: string
  described: ObjectDescription
  onClose: () => void
}) {
  const { t } = useTranslation()
  const { data: edit } = useQuery(bulkEditQuery(editId))
  if (!edit) return null
  return (
    <section className={classes.strip} aria-label={t('objects.bulk.progress')}>
      <div className={classes.stripped}>
        <BulkLine edit={edit} described={described} />
        <CloseButton size="sm" aria-label={t('objects.bulk.hide')} onClick={onClose} />
      </div>
    </section>
  )
}
