import { CloseButton, TextInput, UnstyledButton } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './timeline.module.css'
import type { TimelineGroup } from './timeline-groups.ts'

/** What of a timeline one looks at: a group of kinds, words, a day. */
export interface Looked {
  readonly group: string | null
  readonly words: string
  /** `2026-11-22`; '' = from now on. */
  readonly day: string
}

/** Narrows a timeline and jumps in it. */
export function TimelineTools({
  groups,
  looked,
  onChange,
}: {
  groups: readonly TimelineGroup[]
  looked: Looked
  onChange: (looked: Looked) => void
}) {
  const { t } = useTranslation()
  const { group, words, day } = looked
  const chip = (id: string | null, label: string) => (
    <UnstyledButton
      key={id ?? ''}
      className={classes.chip ?? ''}
      aria-pressed={group === id}
      onClick={() => onChange({ ...looked, group: id })}
    >
      {label}
    </UnstyledButton>
  )
  return (
    <div className={classes.tools}>
      <fieldset className={classes.chips} aria-label={t('customers.timeline.which')}>
        {chip(null, t('customers.timeline.all'))}
        {groups.map(({ id, title }) => chip(id, t(title)))}
      </fieldset>
      <div className={classes.finders}>
        <TextInput
          size="xs"
          aria-label={t('customers.timeline.search')}
          placeholder={t('customers.timeline.search')}
          leftSection={<IconSearch size={14} aria-hidden />}
          maxLength={100}
          value={words}
          rightSection={
            words && (
              <CloseButton
                size="xs"
                aria-label={t('customers.timeline.clear')}
                onClick={() => onChange({ ...looked, words: '' })}
              />
            )
          }
          onChange={(event) => onChange({ ...looked, words: event.currentTarget.value })}
        />
        <TextInput
          size="xs"
          type="date"
          aria-label={t('customers.timeline.day')}
          title={t('customers.timeline.day')}
          value={day}
          onChange={(event) => onChange({ ...looked, day: event.currentTarget.value })}
        />
      </div>
    </div>
  )
}
