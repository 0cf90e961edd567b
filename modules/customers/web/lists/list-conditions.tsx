import { Button, Group, Stack } from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConditionBuilder } from '#modules/objects/web'
import type { Condition } from '#platform/shared/objects/condition'
import { LoadingState, SidePanel } from '#platform/web'

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
        {t('customers.lists.conditions')}
      </Button>
      <SidePanel title={t('customers.lists.conditions')} isOpen={isOpen} onClose={() => setOpen(false)} size={760}>
        {isOpen && (
          <Stack gap="lg">
            <Suspense fallback={<LoadingState />}>
              <ConditionBuilder object={object} value={condition ?? NOTHING} onChange={put} />
            </Suspense>
            <Group gap="xs">
              <Button onClick={() => setOpen(false)}>{t('customers.lists.showFound')}</Button>
              {condition && (
                <Button
                  variant="default"
                  onClick={() => {
                    onChange(undefined)
                    setOpen(false)
                  }}
                >
                  {t('customers.lists.clearConditions')}
                </Button>
              )}
            </Group>
          </Stack>
        )}
      </SidePanel>
    </>
  )
}
