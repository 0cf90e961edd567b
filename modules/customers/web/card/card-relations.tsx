import { Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfirmButton } from '#platform/web'
import { type RelationKind, relationKinds } from '../../contract/kinds.ts'
import PersonSelect from '../lists/person-select.tsx'
import { BlockForm } from './block-form.tsx'
import classes from './card.module.css'
import { usePart, useRelate } from './card-api.ts'
import { GrowingSection } from './growing-section.tsx'
import { LinkedName } from './linked-name.tsx'
import type { PersonBlockProps } from './person-blocks.ts'

/** The record's keys are its kinds; their order is the list's. */
const kinds = Object.keys(relationKinds) as RelationKind[]

/** Other people, and what they are to this one. */
export function CardRelations({ person: { id, relations, can } }: PersonBlockProps) {
  const { t } = useTranslation()
  const part = usePart(id)
  return (
    <GrowingSection
      title={t('customers.relations.title')}
      add={t('customers.relations.add')}
      hint={t('customers.relations.hint')}
      canAdd={can.edit}
      isEmpty={relations.length === 0}
      form={(close) => <NewRelation personId={id} onClose={close} />}
    >
      {relations.length > 0 && (
        <ul className={classes.lines}>
          {relations.map(({ id: relationId, personId, name, kind, note }) => (
            <li key={relationId} className={classes.identity} data-noted={note !== null}>
              <span className={classes.proof}>{t(`customers.relations.kinds.${kind}`)}</span>
              <LinkedName personId={personId} name={name} facts={note} />
              {can.edit && (
                <span className={classes.remover}>
                  <ConfirmButton
                    size="compact-xs"
                    question={t('customers.relations.removeQuestion')}
                    confirm={t('customers.relations.remove')}
                    label={t('customers.relations.removeOf', { name })}
                    isPending={part.isPending && part.variables === relationId}
                    onConfirm={() => part.mutate(relationId)}
                  >
                    {t('customers.relations.remove')}
                  </ConfirmButton>
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </GrowingSection>
  )
}

function NewRelation({ personId, onClose }: { personId: string; onClose: () => void }) {
  const { t } = useTranslation()
  const relate = useRelate(personId)
  const [otherId, setOther] = useState<string | null>(null)
  const [kind, setKind] = useState<RelationKind>('spouse')
  return (
    <BlockForm
      submit={t('customers.relations.create')}
      isReady={otherId !== null}
      isPending={relate.isPending}
      onClose={onClose}
      onSubmit={() => otherId && relate.mutate({ otherId, kind }, { onSuccess: onClose })}
    >
      <PersonSelect size="xs" label={t('customers.relations.who')} value={otherId} onChange={setOther} />
      <Select
        size="xs"
        allowDeselect={false}
        label={t('customers.relations.what')}
        value={kind}
        data={kinds.map((value) => ({ value, label: t(`customers.relations.kinds.${value}`) }))}
        onChange={(value) => setKind(kinds.find((one) => one === value) ?? 'other')}
      />
    </BlockForm>
  )
}
