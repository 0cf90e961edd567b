import { Button, Group, Stack } from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Condition } from '#platform/shared/objects/condition'
import { SidePanel } from '#platform/web'
import ConditionBuilder from '../builder/condition-builder.tsx'

interface ListConditionsProps {
  object: string
  condition: Condition | null
  onChange: (condition: Condition | undefined) => void
}

const NOTHING: Condition = { all: [] }

/** Narrows a list by conditions; the list follows while they are built. */
export function ListConditions({ object, condition, onChange }: ListConditionsProps) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const put = (next: Condition) => onChange('all' in next && next.all.length === 0 ? undefined : next)
  return (
    <>
      <Button
        size="sm"
        variant={condition ? 'light' : 'default'}
        leftSection={<IconFilter size={16} />}
        aria-pressed={condition !== null}
        onClick={() => setOpen(true)}
      >
        {t('objects.list.conditions')}
      </Button>
      <SidePanel title={t('objects.list.conditions')} isOpen={isOpen} onClose={() => setOpen(false)} size={760}>
        {isOpen && (
          <Stack gap="lg">
            <ConditionBuilder object={object} value={condition ?? NOTHING} onChange={put} />
            <Group gap="xs">
              <Button onClick={() => setOpen(false)}>{t('objects.list.showFound')}</Button>
              {condition && (
                <Button
                  variant="default"
                  onClick={() => {
                    onChange(undefined)
                    setOpen(false)
                  }}
                >
                  {t('objects.list.clearConditions')}
                </Button>
              )}
            </Group>
          </Stack>
        )}
      </SidePanel>
    </>
  )
}
