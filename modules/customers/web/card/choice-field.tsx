import { Skeleton, UnstyledButton } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSending } from '#platform/web'
import classes from './card.module.css'

const ChoiceSelect = lazy(() => import('./choice-select.tsx'))

/** A choice that becomes a list when clicked; it can be left empty. */
export function ChoiceField<Value extends string>({
  label,
  value: stored,
  options,
  isFixed,
  blank,
  onSave,
}: {
  label: string
  value: string | null
  options: readonly { readonly value: Value; readonly label: string }[]
  isFixed: boolean
  /** What stands there while nothing is chosen. */
  blank?: string
  onSave: (value: Value | null) => unknown
}) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const { sending, send } = useSending<Value | null>()
  const value = sending ? sending.value : stored
  // What another system stored is shown as it is.
  const shown = options.find((option) => option.value === value)?.label ?? value
  return (
    <div className={classes.field}>
      <span className={classes.fieldName}>{label}</span>
      {isOpen ? (
        <Suspense fallback={<Skeleton height={30} />}>
          <ChoiceSelect
            label={label}
            value={value}
            options={options}
            onChoose={(chosen) => void send(options.find((option) => option.value === chosen)?.value ?? null, onSave)}
            onDone={() => setOpen(false)}
          />
        </Suspense>
      ) : (
        <UnstyledButton
          className={classes.fieldValue ?? ''}
          disabled={isFixed}
          onClick={() => setOpen(true)}
          aria-label={t('customers.fields.edit', { label, value: shown ?? blank ?? '' })}
          fz="sm"
        >
          {shown ?? <span className={classes.blank}>{blank ?? t('customers.fields.blank')}</span>}
        </UnstyledButton>
      )}
    </div>
  )
}
