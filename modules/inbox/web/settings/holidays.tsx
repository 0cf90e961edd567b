import { Button, Group, Pill, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Days on which nobody works, whatever the day of the week. Dates as YYYY-MM-DD. */
export function Holidays({ days, onChange }: { days: readonly string[]; onChange: (days: string[]) => void }) {
  const { t, i18n } = useTranslation()
  const [day, setDay] = useState('')
  const nameOf = (date: string) =>
    new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(date))
  const add = () => {
    onChange([...new Set([...days, day])].sort())
    setDay('')
  }
  return (
    <Stack gap="sm">
      {days.length > 0 && (
        <Pill.Group>
          {days.map((date) => (
            <Pill
              key={date}
              size="md"
              withRemoveButton
              onRemove={() => onChange(days.filter((one) => one !== date))}
              removeButtonProps={{
                'aria-label': t('inbox.hours.removeHoliday', { day: nameOf(date) }),
                'aria-hidden': false,
                tabIndex: 0,
              }}
            >
              {nameOf(date)}
            </Pill>
          ))}
        </Pill.Group>
      )}
      <Group gap="sm" align="end">
        <TextInput
          type="date"
          label={t('inbox.hours.holiday')}
          value={day}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
        <Button variant="default" disabled={day === ''} onClick={add}>
          {t('common.add')}
        </Button>
      </Group>
    </Stack>
  )
}
