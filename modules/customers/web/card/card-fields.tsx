import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { operatorsQuery } from '#modules/access/web'
import { CustomFields, undescribedOf, useDescribe } from '#modules/objects/web'
import { type CardWire, useChangePerson } from '../customers-api.ts'
import { CardSection } from './card-section.tsx'
import { ChoiceField } from './choice-field.tsx'
import { ContactFields } from './contact-fields.tsx'
import { InlineField } from './inline-field.tsx'
import { ownerOptions } from './owner-options.ts'

const PLAIN = ['firstName', 'lastName', 'city'] as const

/** Fields of the card, changed where they stand. */
export function CardFields({ person }: { person: CardWire }) {
  const { t } = useTranslation()
  const change = useChangePerson(person.id)
  const isFixed = !person.can.edit
  const described = useDescribe()?.('person')
  const unknown = described ? undescribedOf(described, person.custom) : []
  return (
    <CardSection title={t('customers.fields.title')}>
      <OwnerField person={person} />
      {PLAIN.map((name) => (
        <InlineField
          key={name}
          label={t(`customers.fields.${name}`)}
          value={person[name] ?? ''}
          isFixed={isFixed}
          onSave={(value) => change.mutateAsync({ [name]: value || null })}
        />
      ))}
      <ContactFields person={person} />
      <Suspense fallback={<Skeleton height={24} />}>
        <CustomFields
          object="person"
          id={person.id}
          values={person.custom}
          canEdit={person.can.edit}
          onSave={(custom) => change.mutateAsync({ custom })}
        />
      </Suspense>
      {unknown.map(([key, value]) => (
        <InlineField
          key={key}
          label={t([`customers.custom.${key}`, 'customers.custom.other'], { name: key })}
          value={typeof value === 'string' ? value : JSON.stringify(value)}
          isFixed={isFixed}
          onSave={(next) => change.mutateAsync({ custom: { [key]: next === '' ? null : next } })}
        />
      ))}
      <InlineField
        label={t('customers.fields.note')}
        value={person.note}
        isFixed={isFixed}
        isLong
        onSave={(note) => change.mutateAsync({ note })}
      />
    </CardSection>
  )
}

function OwnerField({ person }: { person: CardWire }) {
  const { t } = useTranslation()
  const { data: operators } = useQuery(operatorsQuery)
  const change = useChangePerson(person.id)
  return (
    <ChoiceField
      label={t('customers.fields.owner')}
      value={person.ownerId}
      isFixed={!person.can.edit}
      blank={t('common.nobody')}
      options={ownerOptions(operators, person.ownerId)}
      onSave={(ownerId) => change.mutateAsync({ ownerId })}
    />
  )
}
