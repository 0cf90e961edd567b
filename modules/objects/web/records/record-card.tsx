import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ObjectDescription } from '#platform/shared/objects/object'
import { ConfirmButton, ErrorState, givesWay, Initials, LoadingState } from '#platform/web'
import CustomFields, { FieldRow } from '../custom-fields.tsx'
import classes from './record-card.module.css'
import { recordQuery, useChangeRecord } from './records-api.ts'
import Referring from './referring.tsx'

interface RecordCardProps {
  object: ObjectDescription
  id: string
  /** The record was put away. */
  onGone: () => void
}

/** One record: its fields, changed where they stand, and what refers to it. */
export function RecordCard({ object, id, onGone }: RecordCardProps) {
  const { t } = useTranslation()
  const { data: record, error, refetch } = useQuery(recordQuery(object.key, id))
  const change = useChangeRecord(object.key, id)
  if (givesWay(record, error)) {
    const missing = {
      title: t('objects.records.missing'),
      to: `/objects/${object.key}`,
      back: t('objects.records.toAll'),
    }
    return <ErrorState error={error} onRetry={() => void refetch()} missing={missing} />
  }
  if (!record) return <LoadingState />
  const name = object.fields.find(({ key }) => key === object.title)
  return (
    <div className={classes.record}>
      <div className={classes.who}>
        <Initials id={id} name={record.name} size={48} />
        <h2 className={classes.name}>{record.name}</h2>
      </div>
      <section>
        {name && (
          <FieldRow
            field={name}
            value={record.name}
            canEdit={record.can.edit}
            onSave={(next) => typeof next === 'string' && change.mutateAsync({ name: next })}
          />
        )}
        <CustomFields
          object={object.key}
          id={id}
          values={record.custom}
          canEdit={record.can.edit}
          onSave={(custom) => change.mutateAsync({ custom })}
        />
      </section>
      <Referring object={object.key} id={id} />
      {record.can.edit && (
        <ConfirmButton
          size="xs"
          question={t('objects.records.archiveQuestion')}
          confirm={t('objects.records.archive')}
          isPending={change.isPending}
          onConfirm={() => change.mutate({ isArchived: true }, { onSuccess: onGone })}
        >
          {t('objects.records.archive')}
        </ConfirmButton>
      )}
    </div>
  )
}
