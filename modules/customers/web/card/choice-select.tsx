import { Select } from '@mantine/core'

export interface ChoiceSelectProps {
  label: string
  value: string | null
  options: readonly { readonly value: string; readonly label: string }[]
  onChoose: (value: string | null) => void
  onDone: () => void
}

/** Open from the start: it stands where its value was clicked. */
export default function ChoiceSelect({ label, value, options, onChoose, onDone }: ChoiceSelectProps) {
  return (
    <Select
      size="xs"
      autoFocus
      defaultDropdownOpened
      searchable
      clearable
      aria-label={label}
      value={value}
      data={[...options]}
      onChange={(chosen) => {
        onDone()
        onChoose(chosen)
      }}
      onBlur={onDone}
    />
  )
}
