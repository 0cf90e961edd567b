import { Textarea, TextInput, UnstyledButton } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './card.module.css'

interface InlineFieldProps {
  label: string
  value: string
  isFixed: boolean
  isLong?: boolean
  onSave: (value: string) => void
}

/** A value that becomes a box when clicked: Enter or leaving it saves, Escape leaves it as it was. */
export function InlineField({ label, value, isFixed, isLong = false, onSave }: InlineFieldProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState<string | null>(null)
  const save = () => {
    if (typed !== null && typed.trim() !== value) onSave(typed.trim())
    setTyped(null)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setTyped(null)
    if (event.key === 'Enter' && (!isLong || event.ctrlKey || event.metaKey)) save()
  }
  const box = {
    size: 'xs',
    autoFocus: true,
    'aria-label': label,
    value: typed ?? '',
    onBlur: save,
    onKeyDown,
  } as const
  return (
    <div className={classes.field}>
      <span className={classes.fieldName}>{label}</span>
      {typed === null ? (
        <UnstyledButton
          className={classes.fieldValue ?? ''}
          disabled={isFixed}
          onClick={() => setTyped(value)}
          aria-label={t('customers.fields.edit', { label, value })}
          fz="sm"
        >
          {value || <span className={classes.blank}>{t('customers.fields.blank')}</span>}
        </UnstyledButton>
      ) : isLong ? (
        <Textarea
          {...box}
          autosize
          minRows={2}
          maxRows={10}
          maxLength={20_000}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      ) : (
        <TextInput {...box} maxLength={200} onChange={(event) => setTyped(event.currentTarget.value)} />
      )}
    </div>
  )
}
