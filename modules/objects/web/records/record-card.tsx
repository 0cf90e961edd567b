import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ObjectDescription, Relation } from '#platform/shared/objects/object'
import { ConfirmButton, ErrorState, Initials, LoadingState, useSlot } from '#platform/web'
import CustomFields, { FieldRow } from '../custom-fields.tsx'
import { rowsQuery } from '../list/rows-api.ts'
import { useDescribe } from '../objects-api.ts'
import { CUSTOM } from '../undescribed.ts'
import { useLanguage } from '../use-language.ts'
import classes from './record-card.module.css'
import { recordQuery, useChangeRecord } from './records-api.ts'

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
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!record) return <LoadingState />
  const name = object.fields.find(({ key }) => key === object.title)
  const back = object.relations.filter(({ key, target }) => key.startsWith(`${target}.`))
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
            onSave={(next) => typeof next === 'string' && change.mutate({ name: next })}
          />
        )}
        <CustomFields
          object={object.key}
          id={id}
          values={record.custom}
          canEdit={record.can.edit}
          onSave={(custom) => change.mutate({ custom })}
        />
      </section>
      {back.map((relation) => (
        <Referring key={relation.key} relation={relation} id={id} />
      ))}
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

/** Things that name this record in one of their fields. */
function Referring({ relation: { key, label, target }, id }: { relation: Relation; id: string }) {
  const language = useLanguage()
  const described = useDescribe()?.(target)
  const hrefOf = useAddressOf(target)
  const field = CUSTOM + key.slice(target.length + 1)
  const asked = {
    q: '',
    sort: '-createdAt',
    condition: { field, op: 'eq', value: id } as const,
    fields: [described?.title ?? ''],
  }
  const { data } = useInfiniteQuery(rowsQuery(target, asked, described !== undefined))
  const rows = data?.pages[0]?.items ?? []
  if (rows.length === 0) return null
  return (
    <section>
      <h3 className={classes.heading}>{label[language]}</h3>
      <ul className={classes.referring}>
        {rows.map((row) => (
          <li key={row.id}>
            {hrefOf ? (
              <Link to={hrefOf(row.id)} className={classes.one ?? ''}>
                <Initials id={row.id} name={row.name} size={26} />
                <span className="okno-clip">{row.name}</span>
              </Link>
            ) : (
              <span className={classes.one}>{row.name}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Where things of an object are shown: own objects here, those of modules where they say. */
function useAddressOf(object: string): ((id: string) => string) | null {
  const pages = useSlot('objectPages')
  if (object.startsWith(CUSTOM)) return (id) => `/objects/${object}/${id}`
  const page = pages.find((one) => one.object === object)
  return page ? (id) => `${page.path}/${id}` : null
}
