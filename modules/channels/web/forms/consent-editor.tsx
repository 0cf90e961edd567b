import { Stack, Switch, Text, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type FormDraft, usualConsent, versionOf } from './form-config.ts'

type Consent = FormDraft['consent']

/** The words a visitor agrees to. Every change of them is a new version: the card keeps which one was agreed to. */
export function ConsentEditor({
  consent,
  stored,
  locale,
  onChange,
}: {
  consent: Consent
  /** As it is saved now; null = never saved. */
  stored: Consent
  locale: FormDraft['locale']
  onChange: (consent: Consent) => void
}) {
  const { t } = useTranslation()
  const begin = () => stored ?? { text: usualConsent(locale), version: 1, required: true }
  const version = consent ? versionOf(consent.text, stored) : 0
  return (
    <Stack gap="sm">
      <Switch
        label={t('channels.forms.askConsent')}
        checked={consent !== null}
        onChange={(event) => onChange(event.currentTarget.checked ? begin() : null)}
      />
      {consent && (
        <>
          <Textarea
            label={t('channels.forms.consentWords')}
            required
            withAsterisk={false}
            autosize
            minRows={3}
            maxRows={12}
            maxLength={5000}
            value={consent.text}
            onChange={(event) => onChange({ ...consent, text: event.currentTarget.value })}
          />
          <Text fz="xs" c="dimmed" role="status">
            {stored && version !== stored.version
              ? t('channels.forms.versionRises', { version })
              : t('channels.forms.version', { version })}
          </Text>
          <Switch
            label={t('channels.forms.consentRequired')}
            checked={consent.required}
            onChange={(event) => onChange({ ...consent, required: event.currentTarget.checked })}
          />
        </>
      )}
    </Stack>
  )
}
