import { ColorInput, SegmentedControl, Stack, TagsInput, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '#modules/access/web'
import { Form, fieldErrors, notify, Section } from '#platform/web'
import { type AccountWire, useChangeAccount, useCreateAccount } from '../channels-api.ts'
import { AccountBasics } from '../settings/account-basics.tsx'
import { ConsentEditor } from './consent-editor.tsx'
import { FieldList } from './field-list.tsx'
import classes from './form-builder.module.css'
import { configOfDraft, draftOf, type FormDraft, retyped } from './form-config.ts'
import { FormPreview } from './form-preview.tsx'
import { SlotsEditor } from './slots-editor.tsx'

/** Puts together a form for the company's site: at the left what it asks for, at the right how it looks. */
export function FormBuilder({ account, onCreated }: { account: AccountWire | null; onCreated: (id: string) => void }) {
  const { t } = useTranslation()
  const { workspace } = useMe()
  const create = useCreateAccount()
  const change = useChangeAccount(account?.id ?? '')
  const { error, isPending } = account ? change : create
  const preset = { locale: workspace.locale, timeZone: workspace.timeZone }
  const stored = draftOf(account?.config ?? undefined, preset)
  const storedConsent = account ? stored.consent : null
  const [draft, setDraft] = useState<FormDraft>(stored)
  const [basics, setBasics] = useState({
    name: account?.name ?? t('channels.kinds.form.name'),
    teamId: account?.teamId ?? null,
  })
  const put = (patch: Partial<FormDraft>) => setDraft({ ...draft, ...patch })
  const errors = fieldErrors(t, error)
  const submit = () => {
    const config = configOfDraft(draft, storedConsent)
    if (account)
      change.mutate(
        { ...basics, config },
        {
          onSuccess: (saved) => {
            setDraft(draftOf(saved.config ?? {}, preset))
            void notify(t('common.saved'))
          },
        },
      )
    else {
      const { consent, ...rest } = config
      create.mutate(
        { kind: 'form', ...basics, config: consent ? config : rest },
        { onSuccess: ({ id }) => onCreated(id) },
      )
    }
  }
  return (
    <div className={classes.builder}>
      <Form
        submit={account ? t('common.save') : t('channels.accounts.create')}
        onSubmit={submit}
        isPending={isPending}
        error={error}
      >
        <Stack gap={32}>
          <Stack gap="md">
            <SegmentedControl
              aria-label={t('channels.forms.type')}
              value={draft.type}
              onChange={(type) => setDraft(retyped(draft, { type: type === 'callback' ? 'callback' : 'request' }))}
              data={(['request', 'callback'] as const).map((value) => ({
                value,
                label: t(`channels.forms.types.${value}`),
              }))}
            />
            <AccountBasics basics={basics} errors={errors} onChange={setBasics} />
          </Stack>
          <Section title={t('channels.forms.fields')} text={t('channels.forms.fieldsText')}>
            <FieldList fields={draft.fields} errors={errors} onChange={(fields) => put({ fields })} />
          </Section>
          {draft.type === 'callback' && (
            <Section title={t('channels.forms.slots')} text={t('channels.forms.slotsText')}>
              <SlotsEditor slots={draft.slots} errors={errors} onChange={(slots) => put({ slots })} />
            </Section>
          )}
          <Section title={t('channels.forms.consent')} text={t('channels.forms.consentText')}>
            <ConsentEditor
              consent={draft.consent}
              stored={storedConsent}
              locale={draft.locale}
              onChange={(consent) => put({ consent })}
            />
          </Section>
          <Section title={t('channels.forms.looks')}>
            <Looks draft={draft} errors={errors} onChange={setDraft} />
          </Section>
        </Stack>
      </Form>
      <FormPreview draft={draft} />
    </div>
  )
}

function Looks({
  draft,
  errors,
  onChange,
}: {
  draft: FormDraft
  errors: Readonly<Record<string, string>>
  onChange: (draft: FormDraft) => void
}) {
  const { t } = useTranslation()
  const put = (patch: Partial<FormDraft>) => onChange({ ...draft, ...patch })
  return (
    <Stack gap="md">
      <SegmentedControl
        w="fit-content"
        aria-label={t('channels.forms.language')}
        value={draft.locale}
        onChange={(locale) => onChange(retyped(draft, { locale: locale === 'en' ? 'en' : 'ru' }))}
        data={[
          { value: 'ru', label: 'Русский' },
          { value: 'en', label: 'English' },
        ]}
      />
      <TextInput
        label={t('channels.forms.title')}
        placeholder={t(`channels.forms.usualTitle.${draft.type}`)}
        maxLength={200}
        value={draft.title}
        error={errors['config.title']}
        onChange={(event) => put({ title: event.currentTarget.value })}
      />
      <Textarea
        label={t('channels.forms.successText')}
        placeholder={t('channels.forms.usualSuccess')}
        autosize
        minRows={2}
        maxLength={1000}
        value={draft.successText}
        error={errors['config.successText']}
        onChange={(event) => put({ successText: event.currentTarget.value })}
      />
      <ColorInput
        label={t('channels.config.form.accent')}
        format="hex"
        withEyeDropper={false}
        maw={220}
        value={draft.accent}
        error={errors['config.accent']}
        onChange={(accent) => put({ accent })}
      />
      <TagsInput
        label={t('channels.config.all.allowedOrigins')}
        description={t('channels.configHints.all.allowedOrigins')}
        value={draft.allowedOrigins}
        splitChars={[',', ' ']}
        error={errors['config.allowedOrigins']}
        onChange={(allowedOrigins) => put({ allowedOrigins })}
      />
    </Stack>
  )
}
