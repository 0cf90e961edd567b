import { ActionIcon, Button, Group, Stack, Switch, Text, TextInput } from '@mantine/core'
import { IconCopy, IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import {
  endFromField,
  type Hours,
  type Interval,
  nextInterval,
  toField,
  type Weekday,
  weekdays,
  wrongHours,
} from './hours.ts'
import classes from './hours-settings.module.css'

const MAX_INTERVALS = 6

/** Working hours of each day of the week, in one or more intervals. */
export function WeekHours({ hours, onChange }: { hours: Hours; onChange: (hours: Hours) => void }) {
  const { t } = useTranslation()
  const setDay = (day: Weekday, intervals: Interval[]) => onChange({ ...hours, [day]: intervals })
  const likeMonday = () => onChange({ ...hours, tue: hours.mon, wed: hours.mon, thu: hours.mon, fri: hours.mon })
  return (
    <Stack gap={0}>
      {weekdays.map((day) => (
        <Day key={day} day={day} intervals={hours[day]} onChange={(intervals) => setDay(day, intervals)} />
      ))}
      <div>
        <Button mt="xs" size="compact-sm" variant="subtle" leftSection={<IconCopy size={14} />} onClick={likeMonday}>
          {t('inbox.hours.likeMonday')}
        </Button>
      </div>
    </Stack>
  )
}

function Day({
  day,
  intervals,
  onChange,
}: {
  day: Weekday
  intervals: Interval[]
  onChange: (intervals: Interval[]) => void
}) {
  const { t } = useTranslation()
  const name = t(`inbox.hours.days.${day}`)
  const wrong = wrongHours(intervals)
  const put = (index: number, interval: Interval) => onChange(intervals.with(index, interval))
  return (
    <fieldset className={classes.day} aria-label={name}>
      <Switch
        className={classes.dayName ?? ''}
        label={name}
        checked={intervals.length > 0}
        onChange={(event) => onChange(event.currentTarget.checked ? [nextInterval([])] : [])}
      />
      <Stack gap={6} flex={1}>
        {intervals.length === 0 && (
          <Text c="dimmed" fz="sm" lh="36px">
            {t('inbox.hours.dayOff')}
          </Text>
        )}
        {intervals.map(([from, to], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an interval has no other name, and typing must not lose the focus
          <Group key={index} gap={6} wrap="nowrap">
            <Clock label={t('inbox.hours.from')} value={from} onChange={(value) => put(index, [value, to])} />
            <span aria-hidden>–</span>
            <Clock
              label={t('inbox.hours.to')}
              value={toField(to)}
              onChange={(value) => put(index, [from, endFromField(value)])}
            />
            {intervals.length > 1 && (
              <ActionIcon
                aria-label={t('inbox.hours.removeInterval', { from, to })}
                onClick={() => onChange(intervals.toSpliced(index, 1))}
              >
                <IconX size={16} />
              </ActionIcon>
            )}
            {index === intervals.length - 1 && intervals.length < MAX_INTERVALS && (
              <ActionIcon
                aria-label={t('inbox.hours.addInterval', { day: name })}
                title={t('inbox.hours.addIntervalHint')}
                onClick={() => onChange([...intervals, nextInterval(intervals)])}
              >
                <IconPlus size={16} />
              </ActionIcon>
            )}
          </Group>
        ))}
        {wrong && (
          <Text c="var(--mantine-color-error)" fz="xs" role="alert">
            {t(`inbox.hours.wrong.${wrong}`)}
          </Text>
        )}
      </Stack>
    </fieldset>
  )
}

function Clock({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <TextInput
      type="time"
      aria-label={label}
      required
      w={132}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
