import { Stack, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Form, fieldErrors, SidePanel } from '#platform/web'
import { useCreateCompany } from './lists-api.ts'

const EMPTY = { name: '', inn: '', site: '', city: '', note: '' }

interface PanelProps {
  isOpen: boolean
  onClose: () => void
  onCreated: (id: string) => void
}

/** Opens a company's card by hand. */
export function NewCompanyPanel({ isOpen, onClose, onCreated }: PanelProps) {
  const { t } = useTranslation()
  return (
    <SidePanel title={t('customers.lists.add.companies')} isOpen={isOpen} onClose={onClose}>
      <NewCompany onClose={onClose} onCreated={onCreated} />
    </SidePanel>
  )
}

function NewCompany({ onClose, onCreated }: Omit<PanelProps, 'isOpen'>) {
  const { t } = useTranslation()
  const create = useCreateCompany()
  const [draft, setDraft] = useState(EMPTY)
  const errors = fieldErrors(t, create.error)
  const put = (patch: Partial<typeof EMPTY>) => setDraft({ ...draft, ...patch })
  const { name, inn, site, city, note } = draft
  const submit = () =>
    create.mutate(
      { name, note, inn: inn.trim() || null, site: withScheme(site.trim()), city: city.trim() || null },
      {
        onSuccess: ({ id }) => {
          onClose()
          onCreated(id)
        },
      },
    )
  return (
    <Form
      submit={t('customers.lists.create')}
      onSubmit={submit}
      isPending={create.isPending}
      isReady={name.trim() !== ''}
      error={create.error}
    >
      <Stack gap="md">
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
        <TextInput
          label={t('customers.company.city')}
          maxLength={200}
          value={city}
          onChange={(event) => put({ city: event.currentTarget.value })}
        />
        <Textarea
          label={t('customers.fields.note')}
          autosize
          minRows={2}
          maxRows={8}
          value={note}
          onChange={(event) => put({ note: event.currentTarget.value })}
        />
      </Stack>
    </Form>
  )
}

/** People write `example.com`; the card keeps an address that can be opened. */
const withScheme = (site: string) => (site === '' ? null : /^https?:\/\//i.test(site) ? site : `https://${site}`)
