import { Chip, Group, Input, NumberInput, Select, Stack, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Slots } from './form-config.ts'

const DAYS = [1, 2, 3, 4, 5, 6, 7]
/** 1 January 2024 was a Monday. */
const nameOf = (day: number, locale: string) =>
  new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(new Date(Date.UTC(2024, 0, day)))
const longNameOf = (day: number, locale: string) =>
  new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2024, 0, day)))

/** When a call can be asked for. */
export function SlotsEditor({
  slots,
  errors,
  onChange,
}: {
  slots: Slots
  errors: Readonly<Record<string, string>>
  onChange: (slots: Slots) => void
}) {
  const { t, i18n } = useTranslation()
  const put = (patch: Partial<Slots>) => onChange({ ...slots, ...patch })
  const zones = useMemo(() => Intl.supportedValuesOf('timeZone'), [])
  return (
    <Stack gap="md">
      <Input.Wrapper
        label={t('channels.forms.weekdays')}
        labelElement="div"
        error={slots.weekdays.length === 0 ? t('channels.forms.weekdayNeeded') : undefined}
      >
        <Group gap={6} mt={4} role="group" aria-label={t('channels.forms.weekdays')}>
          {DAYS.map((day) => (
            <Chip
              key={day}
              size="sm"
              checked={slots.weekdays.includes(day)}
              aria-label={longNameOf(day, i18n.language)}
              onChange={(isOn) =>
                put({
                  weekdays: isOn ? [...slots.weekdays, day].sort() : slots.weekdays.filter((one) => one !== day),
                })
              }
            >
              {nameOf(day, i18n.language)}
            </Chip>
          ))}
        </Group>
      </Input.Wrapper>
      <Group gap="md" align="start">
        <TextInput
          type="time"
          label={t('channels.forms.from')}
          required
          withAsterisk={false}
          value={slots.from}
          error={errors['config.slots.from']}
          onChange={(event) => put({ from: event.currentTarget.value })}
        />
        <TextInput
          type="time"
          label={t('channels.forms.to')}
          required
          withAsterisk={false}
          value={slots.to}
          error={slots.from >= slots.to ? t('channels.forms.toBeforeFrom') : errors['config.slots.to']}
          onChange={(event) => put({ to: event.currentTarget.value })}
        />
        <Select
          label={t('channels.forms.timeZone')}
          searchable
          allowDeselect={false}
          limit={100}
          flex="1 1 200px"
          value={slots.timeZone}
          data={zones}
          onChange={(timeZone) => timeZone && put({ timeZone })}
        />
      </Group>
      <Group gap="md" align="start">
        <NumberInput
          label={t('channels.forms.minutes')}
          min={10}
          max={480}
          allowDecimal={false}
          value={slots.minutes}
          onChange={(value) => put({ minutes: Number(value) })}
        />
        <NumberInput
          label={t('channels.forms.daysAhead')}
          min={1}
          max={30}
          allowDecimal={false}
          value={slots.days}
          onChange={(value) => put({ days: Number(value) })}
        />
      </Group>
    </Stack>
  )
}
