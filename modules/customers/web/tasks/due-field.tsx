import { Button, Group, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useNow } from '#platform/web'
import { ownZone, useCompanyZone } from '../company-time.tsx'
import { fromWall, toWall, wallAfter } from './wall-time.ts'

/** Usual times, by days from now and hour. */
const USUAL = [
  ['thisEvening', { days: 0, time: '18:00' }],
  ['tomorrow', { days: 1, time: '10:00' }],
  ['inWeek', { days: 7, time: '10:00' }],
] as const

/** Until when: an instant as ISO 8601, typed by the clock of the company; null = at no time. */
export function DueField({
  value,
  onChange,
  size = 'sm',
  error,
}: {
  value: string | null
  onChange: (value: string | null) => void
  size?: 'xs' | 'sm'
  error?: string | undefined
}) {
  const { t } = useTranslation()
  const zone = useCompanyZone()
  const now = useNow()
  const put = (wall: string) => onChange(wall === '' ? null : fromWall(wall, zone).toISOString())
  // This evening is no time to choose when it has come.
  const usual = USUAL.map(([name, when]) => ({ name, wall: wallAfter(new Date(now), zone, when) })).filter(
    ({ wall }) => wall > toWall(new Date(now), zone),
  )
  return (
    <div>
      <TextInput
        size={size}
        type="datetime-local"
        label={t('customers.tasks.due')}
        {...(zone === ownZone() ? {} : { description: t('customers.tasks.zone', { zone }) })}
        value={value === null ? '' : toWall(new Date(value), zone)}
        error={error}
        onChange={(event) => put(event.currentTarget.value)}
      />
      <Group gap={6} mt={6}>
        {usual.map(({ name, wall }) => (
          <Button key={name} size="compact-xs" variant="default" onClick={() => put(wall)}>
            {t(`customers.tasks.usual.${name}`)}
          </Button>
        ))}
      </Group>
    </div>
  )
}
