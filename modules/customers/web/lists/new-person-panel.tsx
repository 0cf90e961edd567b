import { Group, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { operatorsQuery } from '#modules/access/web'
import { fieldErrors } from '#platform/web'
import { CompanySelect } from './company-select.tsx'
import { type Stage, stages, useCreatePerson } from './lists-api.ts'
import { CityField, NewCardForm, NewCardPanel, type NewCardProps, NoteField } from './new-card.tsx'

const EMPTY = { name: '', email: '', phone: '', city: '', note: '' }

/** Opens a card by hand: a name or an address is enough. */
export function NewPersonPanel(props: NewCardProps) {
  const { t } = useTranslation()
  return (
    <NewCardPanel title={t('customers.lists.add.people')} {...props}>
      {(onMade) => <NewPerson onMade={onMade} />}
    </NewCardPanel>
  )
}

function NewPerson({ onMade }: { onMade: (made: { id: string }) => void }) {
  const { t } = useTranslation()
  const { data: operators = [] } = useQuery(operatorsQuery)
  const create = useCreatePerson()
  const [draft, setDraft] = useState(EMPTY)
  const [stage, setStage] = useState<Stage>('lead')
  const [ownerId, setOwnerId] = useState<string | null>(null)
  const [companyId, setCompanyId] = useState<string | null>(null)
  const errors = fieldErrors(t, create.error)
  const put = (patch: Partial<typeof EMPTY>) => setDraft({ ...draft, ...patch })
  const { name, email, phone, city, note } = draft
  const submit = () =>
    create.mutate(
      {
        ...(name.trim() ? { name } : {}),
        ...(email.trim() ? { emails: [email.trim()] } : {}),
        ...(phone.trim() ? { phones: [phone.trim()] } : {}),
        ...(city.trim() ? { city } : {}),
        ...(companyId ? { companyIds: [companyId] } : {}),
        note,
        stage,
        ownerId,
      },
      { onSuccess: onMade },
    )
  return (
    <NewCardForm create={create} isReady={[name, email, phone].some((value) => value.trim() !== '')} onSubmit={submit}>
      <TextInput
        label={t('customers.lists.name')}
        data-autofocus
        maxLength={300}
        value={name}
        error={errors.name}
        onChange={(event) => put({ name: event.currentTarget.value })}
      />
      <TextInput
        label={t('customers.kinds.email')}
        type="email"
        value={email}
        error={errors['emails.0']}
        onChange={(event) => put({ email: event.currentTarget.value })}
      />
      <TextInput
        label={t('customers.kinds.phone')}
        type="tel"
        maxLength={40}
        value={phone}
        error={errors['phones.0']}
        onChange={(event) => put({ phone: event.currentTarget.value })}
      />
      <CompanySelect value={companyId} onChange={setCompanyId} />
      <CityField value={city} onChange={(value) => put({ city: value })} />
      <Group grow align="start">
        <Select
          label={t('customers.lists.stage')}
          allowDeselect={false}
          value={stage}
          data={stages.map((value) => ({ value, label: t(`customers.stages.${value}`) }))}
          onChange={(value) => value && setStage(value)}
        />
        <Select
          label={t('customers.fields.owner')}
          placeholder={t('common.nobody')}
          clearable
          value={ownerId}
          data={operators.map((operator) => ({ value: operator.id, label: operator.name }))}
          onChange={setOwnerId}
        />
      </Group>
      <NoteField value={note} onChange={(value) => put({ note: value })} />
    </NewCardForm>
  )
}
