import { Textarea, TextInput, UnstyledButton } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSending } from '#platform/web'
import classes from './card.module.css'

interface InlineFieldProps {
  label: string
  value: string
  isFixed: boolean
  isLong?: boolean
  /** A box from the start. */
  isOpen?: boolean
  /** What is wrong with what is typed; then nothing is saved and the box stays. */
  wrong?: (typed: string) => string | null
  /** What it returns is waited for: a refusal gives what was typed back. */
  onSave: (value: string) => unknown
  onCancel?: () => void
}

/** A value that becomes a box when clicked: Enter or leaving it saves, Escape leaves it as it was. What could not be saved stays in the box. */
export function InlineField({
  label,
  value: stored,
  isFixed,
  isLong = false,
  isOpen = false,
  wrong,
  onSave,
  onCancel,
}: InlineFieldProps) {
  const { t } = useTranslation()
  const { sending, send } = useSending<string>()
  const value = sending?.value ?? stored
  const [typed, setTyped] = useState<string | null>(isOpen ? value : null)
  const [fault, setFault] = useState<string | null>(null)
  const [isGivenBack, setGivenBack] = useState(false)
  const leave = () => {
    setTyped(null)
    setFault(null)
    setGivenBack(false)
    onCancel?.()
  }
  const save = () => {
    if (typed === null || (typed.trim() === value && !isGivenBack)) return leave()
    const found = wrong?.(typed.trim()) ?? null
    setFault(found)
    if (found) return
    const words = typed.trim()
    setTyped(null)
    setGivenBack(false)
    void send(words, onSave).then((isSaved) => {
      if (isSaved) return
      // Whoever has begun to type anew meanwhile keeps that.
      setTyped((now) => now ?? words)
      setGivenBack(true)
      setFault(t('customers.fields.unsaved'))
    })
  }
  const type = (next: string) => {
    setTyped(next)
    if (fault) setFault(wrong?.(next.trim()) ?? null)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') leave()
    if (event.key === 'Enter' && (!isLong || event.ctrlKey || event.metaKey)) save()
  }
  const box = {
    size: 'xs',
    // What comes back must not take the focus from where one types by now.
    autoFocus: !isGivenBack,
    'aria-label': label,
    value: typed ?? '',
    error: fault,
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
          onChange={(event) => type(event.currentTarget.value)}
        />
      ) : (
        <TextInput {...box} maxLength={200} onChange={(event) => type(event.currentTarget.value)} />
      )}
    </div>
  )
}
