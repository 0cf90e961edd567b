import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldErrors } from '#platform/web'
import { useCreateCompany } from './lists-api.ts'
import { CityField, NewCardForm, NewCardPanel, type NewCardProps, NoteField } from './new-card.tsx'

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
        pattern="\d{10}|\d{12}"
        value={inn}
        error={errors.inn}
        onChange={(event) => put({ inn: event.currentTarget.value.replaceAll(/\D/g, '').slice(0, 12) })}
      />
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

/** People write `example.com`; the card keeps an address that can be opened. */
const withScheme = (site: string) => (site === '' ? null : /^https?:\/\//i.test(site) ? site : `https://${site}`)
