import { Select, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import card from '../card/card.module.css'

/** One of several values, which becomes a list when clicked. */
export function InlineSelect<Value extends string>({
  label,
  value,
  data,
  isFixed,
  onSave,
}: {
  label: string
  value: Value | null
  data: readonly { value: Value; label: string }[]
  isFixed: boolean
  onSave: (value: Value | null) => void
}) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const shown = data.find((one) => one.value === value)?.label ?? ''
  return (
    <div className={card.field}>
      <span className={card.fieldName}>{label}</span>
      {isOpen ? (
        <Select
          size="xs"
          autoFocus
          defaultDropdownOpened
          searchable
          clearable
          aria-label={label}
          value={value}
          data={data}
          onChange={(next) => {
            setOpen(false)
            onSave(data.find((one) => one.value === next)?.value ?? null)
          }}
          onBlur={() => setOpen(false)}
        />
      ) : (
        <UnstyledButton
          className={card.fieldValue ?? ''}
          disabled={isFixed}
          onClick={() => setOpen(true)}
          aria-label={t('customers.fields.edit', { label, value: shown })}
          fz="sm"
        >
          {shown || <span className={card.blank}>{t('customers.fields.blank')}</span>}
        </UnstyledButton>
      )}
    </div>
  )
}
