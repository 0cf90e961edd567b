import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { requisiteFaults } from '#modules/customers/contract'
import { fieldErrors } from '#platform/web'
import { likeCompaniesQuery } from '../company/company-api.ts'
import { withScheme } from '../company/company-details.tsx'
import { LikeCompanies } from '../company/company-likenesses.tsx'
import { useCreateCompany } from './lists-api.ts'
import { CityField, NewCardForm, NewCardPanel, type NewCardProps, NoteField } from './new-card.tsx'

const TYPING_MS = 300
const EMPTY = { name: '', inn: '', site: '', city: '', note: '' }

/** Opens a company's card by hand. */
export function NewCompanyPanel(props: NewCardProps) {
  const { t } = useTranslation()
  return (
    <NewCardPanel title={t('customers.lists.add.companies')} {...props}>
      {(onMade) => <NewCompany onMade={onMade} />}
    </NewCardPanel>
  )
}

function NewCompany({ onMade }: { onMade: (made: { id: string }) => void }) {
  const { t } = useTranslation()
  const create = useCreateCompany()
  const [draft, setDraft] = useState(EMPTY)
  const errors = fieldErrors(t, create.error)
  const put = (patch: Partial<typeof EMPTY>) => setDraft({ ...draft, ...patch })
  const { name, inn, site, city, note } = draft
  const fault = requisiteFaults({ inn, kpp: null, ogrn: null, bic: null, account: null }).inn
  const [like] = useDebouncedValue({ name: name.trim(), inn }, TYPING_MS)
  const { data: alike } = useQuery(likeCompaniesQuery(like))
  const submit = () =>
    create.mutate(
      { name, note, inn: inn.trim() || null, site: withScheme(site.trim()), city: city.trim() || null },
      { onSuccess: onMade },
    )
  return (
    <NewCardForm create={create} isReady={name.trim() !== ''} onSubmit={submit}>
      <TextInput
        label={t('customers.company.name')}
        required
        data-autofocus
        maxLength={300}
        value={name}
        error={errors.name}
        onChange={(event) => put({ name: event.currentTarget.value })}
      />
      <TextInput
        label={t('customers.company.inn')}
        description={t('customers.company.innHint')}
        inputMode="numeric"
        value={inn}
        error={
          errors.inn ?? (inn.length === 10 || inn.length === 12 ? fault && t(`customers.problems.${fault}`) : null)
        }
        onChange={(event) => put({ inn: event.currentTarget.value.replaceAll(/\D/g, '').slice(0, 12) })}
      />
      <LikeCompanies companies={alike?.items ?? []} />
      <TextInput
        label={t('customers.company.site')}
        placeholder="example.com"
        maxLength={290}
        value={site}
        error={errors.site}
        onChange={(event) => put({ site: event.currentTarget.value })}
      />
      <CityField value={city} onChange={(value) => put({ city: value })} />
      <NoteField value={note} onChange={(value) => put({ note: value })} />
    </NewCardForm>
  )
}
