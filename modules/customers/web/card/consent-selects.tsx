import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type ContactChannel, consentGrounds, contactChannels } from '../../contract/kinds.ts'

/** How a consent was given or taken back. */
export function GroundSelect({
  label,
  value,
  onChange,
}: {
  label: string
  value: string
  onChange: (value: string) => void
}) {
  const { t } = useTranslation()
  return (
    <Select
      size="xs"
      allowDeselect={false}
      // Stands inside of a popover, which would close.
      comboboxProps={{ withinPortal: false }}
      label={label}
      value={value}
      data={consentGrounds.map((ground) => ({ value: ground, label: t(`customers.consent.grounds.${ground}`) }))}
      onChange={(ground) => ground && onChange(ground)}
    />
  )
}

/** A kind of channel; null = any. */
export function ChannelSelect({
  label,
  value,
  onChange,
}: {
  label: string
  value: ContactChannel | null
  onChange: (value: ContactChannel | null) => void
}) {
  const { t } = useTranslation()
  return (
    <Select
      size="xs"
      clearable
      label={label}
      placeholder={t('customers.channels.any')}
      value={value}
      data={contactChannels.map((channel) => ({ value: channel, label: t(`customers.channels.${channel}`) }))}
      onChange={(channel) => onChange(contactChannels.find((one) => one === channel) ?? null)}
    />
  )
}
